// The page's form before a run. In: a cloud's host and port, devices, share of the quota in percent. Out: a page that
// waits for Start.

import { click, css, type } from "./browser.mjs";

/** What the address fills in. */
export function query(cloud, devices, share) {
  return { connection: "direct", endpoint: cloud, product: "a1SimCloud1", count: devices, share };
}

/** Types what no address may hold, and has the plan shown. */
export async function review(page, devices) {
  await type(page, "access-key-id", "testid");
  await type(page, "access-key-secret", "testsecret");
  await click(page, "review");
  // They appear once the engine is there; what is typed before the page has put the focus on the plan goes elsewhere.
  await page.waitForSelector(css("start"));
  await page.waitForFunction(() => document.activeElement?.id === "plan");
  if (await page.$(css("confirm-count"))) await type(page, "confirm-count", String(devices));
}

/** Starts the run and waits for its verdict; anything but `complete` is an error. */
export async function complete(page) {
  await click(page, "start");
  const ended = await page.waitForSelector(`${css("run")}:not([data-verdict=""])`, { timeout: 3_600_000 });
  const verdict = await ended.evaluate((run) => run.dataset.verdict);
  if (verdict !== "complete") throw new Error(`the run ended ${verdict}`);
}
