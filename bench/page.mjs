// What the page's form takes of a browser. In: `names` and rows: a file of names with faults in it, and typing after as
// many were pasted; or `visit` and `desktop` or `mobile`: Lighthouse's audit of a first visit. Out: one line of JSON.

import { pathToFileURL } from "node:url";

import { css, packages, withSite } from "./browser.mjs";
import { watched } from "./gauge.mjs";
import { withPeer } from "./peers.mjs";

const [what, argument] = process.argv.slice(2);

/** Nothing is sent to it. */
const NO_CLOUD = "127.0.0.1:9";

const ROUNDS = 5;
const FAULTY_EVERY = 1_000;
const TYPED = "a1b2c3d4e5f";
const KEY_EVERY_MS = 60;

/** A list in which every thousandth name has a character that no name may have. */
function names(rows) {
  const name = (row) => `SN-${String(row).padStart(7, "0")}${row % FAULTY_EVERY === 0 ? "$" : ""}`;
  return Array.from({ length: rows }, (_, row) => `${name(row + 1)},lamp_${row + 1}\r\n`).join("");
}

/** Makes the file in the page, so that reading it from a disk is nobody's time. */
function make(page, text) {
  return page.evaluate((text) => {
    window.file = new File([text], "names.csv");
  }, `DeviceName,Nickname\r\n${text}`);
}

/** From the choice of the file to the report's first line. */
function checked(page) {
  return page.evaluate(async (input, found) => {
    const chosen = new DataTransfer();
    chosen.items.add(window.file);
    const field = document.querySelector(input);
    await new Promise((done) => setTimeout(done));
    const began = performance.now();
    const ms = new Promise((done) => {
      const look = new MutationObserver(() => {
        if (!document.querySelector(found)) return;
        look.disconnect();
        done(performance.now() - began);
      });
      look.observe(document.body, { subtree: true, childList: true, characterData: true });
    });
    field.files = chosen.files;
    field.dispatchEvent(new Event("change", { bubbles: true }));
    return { ms: await ms, found: Number(document.querySelector(found).textContent.match(/\d+/)[0]) };
  }, css("names-file"), css("preflight-found"));
}

/** Pastes as a user does, by the clipboard. */
async function paste(page, browser, selector, text) {
  await browser.defaultBrowserContext().overridePermissions(new URL(page.url()).origin, ["clipboard-read", "clipboard-write", "clipboard-sanitized-write"]);
  await page.evaluate((text) => navigator.clipboard.writeText(text), text);
  await page.focus(selector);
  return watched(page, async () => {
    await page.keyboard.press("v", { commands: ["Paste"] });
    await page.waitForFunction((selector) => document.querySelector(selector).value.length > 0, {}, selector);
    // What follows from it, such as laying out what is not on show yet.
    await new Promise((done) => setTimeout(done, 3_000));
  });
}

/** The list's longest task, and that of typing into another field afterwards. */
async function typed(page, browser, list, other, text) {
  const pasted = await paste(page, browser, list, text);
  await page.focus(other);
  const typed = await watched(page, () => page.keyboard.type(TYPED, { delay: KEY_EVERY_MS }));
  return { paste_task_ms: pasted.cpu_ms, key_task_ms: typed.cpu_ms, keys_ms: typed.cpu_sum_ms };
}

async function measured(rows, page, browser, check, list, other) {
  const text = names(rows);
  await make(page, text);
  const rounds = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    rounds.push(await watched(page, () => check(page)));
    if (rounds[round].value.found !== rows / FAULTY_EVERY) throw new Error(`found ${rounds[round].value.found} faults`);
  }
  const times = rounds.map(({ value }) => value.ms);
  return {
    first_ms: Math.round(times[0]),
    median_ms: Math.round(median(times)),
    check_task_ms: Math.max(...rounds.map(({ cpu_ms }) => cpu_ms)),
    ...(await typed(page, browser, list, other, text)),
  };
}

const median = (values) => values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)];

async function list(rows) {
  const ours = await withSite(NO_CLOUD, { naming: "list", lang: "en" }, async (page, browser) => {
    const check = async () => {
      const report = await checked(page);
      await page.click(`${css("names-kept")} button`);
      await page.waitForFunction((found) => !document.querySelector(found), {}, css("preflight-found"));
      return report;
    };
    return measured(rows, page, browser, check, css("names"), css("product-key"));
  });
  const peer = await withPeer("names", (page, browser) =>
    measured(rows, page, browser, (page) => page.evaluate(() => window.peer.check(window.file)), "#names", "#other"));
  return { ours, peer };
}

/** The audits whose values are told, and how they are called here. */
const AUDITS = {
  "first-contentful-paint": "first_paint_ms",
  "largest-contentful-paint": "largest_paint_ms",
  interactive: "interactive_ms",
  "total-blocking-time": "blocking_ms",
};

async function visit(form) {
  const { default: lighthouse, desktopConfig } = await import(pathToFileURL(packages.resolve("lighthouse")));
  const audits = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    // A browser of its own for each, so that nothing is kept from the one before.
    await withSite(NO_CLOUD, {}, async (page, browser) => {
      const port = Number(new URL(browser.wsEndpoint()).port);
      const options = { port, onlyCategories: ["performance", "accessibility", "best-practices"] };
      const { lhr } = await lighthouse(page.url(), options, form === "desktop" ? desktopConfig : undefined);
      if (lhr.runtimeError) throw new Error(lhr.runtimeError.message);
      audits.push(lhr);
    });
  }
  const of = (read) => median(audits.map(read));
  const scores = Object.keys(audits[0].categories).map((id) => [
    id.replace("-", "_"), of(({ categories }) => Math.round(categories[id].score * 100)),
  ]);
  const times = Object.entries(AUDITS).map(([id, name]) => [name, Math.round(of((lhr) => lhr.audits[id].numericValue))]);
  return Object.fromEntries([...scores, ...times]);
}

console.log(JSON.stringify(await (what === "visit" ? visit(argument) : list(Number(argument)))));
