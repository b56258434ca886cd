// A static host for a published site, below a sub-path and under a strict policy, compressed where that was done, with the
// proxy to a simulated cloud beside it. In: the folder, the cloud's address, the origin that a page may call without the
// proxy, if any. Out: the site, one line with its address, and at `reports` what browsers say was against the policy.

import { createServer, request as call } from "node:http";
import { readFile } from "node:fs/promises";
import { extname, join, normalize } from "node:path";

const [folder, cloud, reachable = ""] = process.argv.slice(2);
const PREFIX = "/some/where/";
const TYPES = { ".css": "text/css", ".html": "text/html", ".js": "text/javascript", ".svg": "image/svg+xml", ".wasm": "application/wasm", ".webmanifest": "application/manifest+json" };
const REPORTS = `${PREFIX}reports`;

// The document's own policy, and what only a server can say; the engine calls others than the site.
const document = await readFile(join(folder, "index.html"), "utf8");
const [, policy] = document.match(/http-equiv="Content-Security-Policy" content="([^"]+)"/);
const PAGE = `${policy}; frame-ancestors 'none'; report-uri ${REPORTS}`;
const ENGINE =
  `default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self' ${reachable}; ` +
  `require-trusted-types-for 'script'; trusted-types default; report-uri ${REPORTS}`;

const HASHED = /-[0-9a-f]{16}(_bg)?\./;

// The copy that is compressed, for those who take it.
async function content(path, accepted = "") {
  if (/\bbr\b/.test(accepted)) {
    try {
      return { bytes: await readFile(`${path}.br`), encoding: { "content-encoding": "br" } };
    } catch (error) {
      if (error.code !== "ENOENT") throw error;
    }
  }
  return { bytes: await readFile(path), encoding: {} };
}

// A connection for each call: one that is kept would be one more that can die, and be tried again unasked.
function forward(asked, answer) {
  const { method, headers } = asked;
  const onward = call(cloud, { method, headers: { ...headers, host: "simcloud" }, agent: false }, (reply) => {
    answer.writeHead(reply.statusCode, reply.headers);
    reply.pipe(answer);
  });
  onward.on("error", () => answer.destroy());
  answer.on("close", () => onward.destroy());
  asked.pipe(onward);
}

// What browsers reported, as text: each has a form of its own.
const reports = [];

async function report(asked, answer) {
  if (asked.method === "POST") reports.push(Buffer.concat(await asked.toArray()).toString());
  answer.writeHead(200, { "content-type": "application/json", "cache-control": "no-store" }).end(JSON.stringify(reports));
}

const server = createServer(async (asked, answer) => {
  const path = new URL(asked.url, "http://localhost").pathname;
  if (path === `${PREFIX}proxy/simcloud/`) return forward(asked, answer);
  if (path === REPORTS) return report(asked, answer);
  // What stands before a proxy where one has to log in.
  if (path === `${PREFIX}login/simcloud/`) return answer.writeHead(302, { location: PREFIX }).end();
  const name = path === PREFIX ? "index.html" : normalize(path.slice(PREFIX.length));
  try {
    if (!path.startsWith(PREFIX) || name.startsWith("..")) throw new Error("outside the site");
    const { bytes, encoding } = await content(join(folder, name), asked.headers["accept-encoding"]);
    const caching = HASHED.test(name) ? "public, max-age=31536000, immutable" : "no-cache";
    const policy = name.startsWith("worker-") ? ENGINE : PAGE;
    const headers = { "content-type": TYPES[extname(name)], "cache-control": caching, "content-security-policy": policy };
    answer.writeHead(200, { ...headers, ...encoding }).end(bytes);
  } catch {
    answer.writeHead(404).end();
  }
});
server.listen(0, "127.0.0.1", () => console.log(`http://127.0.0.1:${server.address().port}${PREFIX}`));
