// One run through the page. In: the cloud's host and port, devices, share of the quota in percent, and `visible` or
// `hidden`. Out: one line of JSON: the seconds from Start to the verdict, and what the page and the cloud say.

import { css, number, withSite } from "./browser.mjs";
import { query, review } from "./form.mjs";

const [cloud, devices, share, visibility] = process.argv.slice(2);

const measured = await withSite(cloud, query(cloud, devices, share), async (page, browser) => {
  await review(page, devices);
  const ending = start(page);
  if (visibility === "hidden") {
    await page.waitForSelector(css("run"));
    // A new tab covers the one before it.
    await (await browser.newPage()).bringToFront();
  }
  const { seconds, seen } = await ending;
  const expected = visibility === "hidden" ? "hidden" : "";
  if (seen.join() !== expected) throw new Error(`a ${visibility} tab was ${seen.join() || "visible"} from its start on`);
  const verdict = await page.$eval(css("run"), (run) => run.dataset.verdict);
  return { seconds, verdict, downloaded: await number(page, "downloaded") };
});
console.log(JSON.stringify(measured));

/** Clicks Start in the page itself, so that the driver's way there is not measured, and waits for the verdict. */
function start(page) {
  return page.evaluate((run, start) => {
    const seen = [];
    document.addEventListener("visibilitychange", () => seen.push(document.visibilityState));
    return new Promise((done) => {
      const started = performance.now();
      const look = () => {
        if (document.querySelector(run)?.dataset.verdict) {
          done({ seconds: (performance.now() - started) / 1000, seen });
        }
      };
      new MutationObserver(look).observe(document.body, {
        subtree: true, childList: true, attributeFilter: ["data-verdict"],
      });
      document.querySelector(start).click();
    });
  }, css("run"), css("start"));
}
