// A static host for a published site, below a sub-path and under a strict policy. In: the folder. Out: the site, and one
// line with its address.

import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { extname, join, normalize } from "node:path";

const folder = process.argv[2];
const PREFIX = "/some/where/";
const TYPES = { ".css": "text/css", ".html": "text/html", ".js": "text/javascript", ".svg": "image/svg+xml", ".wasm": "application/wasm" };
const POLICY =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self'; connect-src 'self'; " +
  "worker-src 'self'; base-uri 'none'; form-action 'none'";

const server = createServer(async ({ url }, answer) => {
  const path = new URL(url, "http://localhost").pathname;
  const name = path === PREFIX ? "index.html" : normalize(path.slice(PREFIX.length));
  try {
    if (!path.startsWith(PREFIX) || name.startsWith("..")) throw new Error("outside the site");
    const bytes = await readFile(join(folder, name));
    answer.writeHead(200, { "content-type": TYPES[extname(name)], "content-security-policy": POLICY }).end(bytes);
  } catch {
    answer.writeHead(404).end();
  }
});
server.listen(0, "127.0.0.1", () => console.log(`http://127.0.0.1:${server.address().port}${PREFIX}`));
