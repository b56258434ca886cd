// The pages of what ours is measured beside. In: a name in `peers/`. Out: a page with `window.peer`.

import { createServer } from "node:http";
import { join } from "node:path";

import { packages, withBrowser } from "./browser.mjs";

const { build } = packages("esbuild");

const DOCUMENT = `<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,">
<div id="table" style="height: 600px"></div><script type="module" src="peer.js"></script>`;

/** Bundles a peer's page, opens it in a browser of its own and lets `use` drive it. */
export async function withPeer(name, use) {
  const { outputFiles } = await build({
    entryPoints: [join(import.meta.dirname, "peers", `${name}.js`)],
    nodePaths: [join(process.env.BENCH_PACKAGES, "node_modules")],
    bundle: true,
    minify: true,
    format: "esm",
    write: false,
    define: { "process.env.NODE_ENV": '"production"' },
  });
  const host = createServer((asked, answer) => {
    const isScript = asked.url === "/peer.js";
    answer.setHeader("content-type", isScript ? "text/javascript" : "text/html");
    answer.end(isScript ? outputFiles[0].contents : DOCUMENT);
  });
  await new Promise((done) => host.listen(0, "127.0.0.1", done));
  try {
    return await withBrowser(`http://127.0.0.1:${host.address().port}/`, async (page, browser) => {
      await page.waitForFunction(() => window.peer);
      return use(page, browser);
    });
  } finally {
    host.close();
    host.closeAllConnections();
  }
}
