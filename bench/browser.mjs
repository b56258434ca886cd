// A headless Chromium with the published page in it, or with another. In: a folder with the site, a query. Out: the page,
// to be driven by test ids.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { join } from "node:path";

/** What the benches take from npm. */
export const packages = createRequire(join(process.env.BENCH_PACKAGES, "package.json"));
const puppeteer = packages("puppeteer-core");

const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-dev-shm-usage",
];

// The driver's own: with these a hidden tab would be treated as a visible one.
const FLATTERING = [
  "--disable-background-timer-throttling",
  "--disable-backgrounding-occluded-windows",
  "--disable-renderer-backgrounding",
];

/** Longer than any run. */
const PATIENCE_MS = 3_600_000;

/** Serves the site, which may reach `cloud` (host and port), opens it in a browser of its own and lets `use` drive it. */
export async function withSite(cloud, query, use) {
  const host = spawn(process.execPath, [process.env.BENCH_HOST, process.env.BENCH_SITE, `http://${cloud}`, `http://${cloud}`]);
  try {
    const [address] = await once(host.stdout, "data");
    return await withBrowser(`${address.toString().trim()}?${new URLSearchParams(query)}`, async (page, browser) => {
      await page.waitForSelector(css("review"));
      return use(page, browser);
    });
  } finally {
    host.kill();
  }
}

/** Opens an address in a browser of its own and lets `use` drive it. */
export async function withBrowser(address, use) {
  const browser = await puppeteer.launch({
    executablePath: process.env.BENCH_CHROMIUM,
    args: FLAGS,
    ignoreDefaultArgs: FLATTERING,
    protocolTimeout: PATIENCE_MS,
  });
  try {
    const page = await browser.newPage();
    await page.setViewport({ width: 1280, height: 900 });
    page.on("pageerror", (error) => console.error(`the page failed: ${error.message}`));
    await page.goto(address);
    return await use(page, browser);
  } finally {
    await browser.close();
  }
}

/** The selector of a test id. */
export function css(id) {
  return `[data-testid="${id}"]`;
}

/** Clicks. */
export async function click(page, id) {
  const element = await page.waitForSelector(css(id), { visible: true });
  await element.click();
}

/** Types into an empty field. */
export async function type(page, id, text) {
  const element = await page.waitForSelector(css(id), { visible: true });
  await element.type(text);
}

/** `data-value` as a number. */
export async function number(page, id) {
  return page.$eval(css(id), (element) => Number(element.dataset.value));
}
