// Files of one table, made by the page as its user does it, and by what people use otherwise. In: `million` or `formats`,
// the cloud's host and port, rows. Out: one line of JSON.
//
// The page gets its rows by a run; the others hold rows of the same kind as objects. Both have a browser of their own that
// stays open, and take turns; the best of three counts for time, and the worst for the main thread and for memory.

import { readFile } from "node:fs/promises";

import { click, css, type, withSite } from "./browser.mjs";
import { complete, query, review } from "./form.mjs";
import { watched } from "./gauge.mjs";
import { withPeer } from "./peers.mjs";

const [what, cloud, rowsText] = process.argv.slice(2);
const rows = Number(rowsText);

const ROUNDS = 3;
const SAMPLE_EVERY_MS = 20;
/** What /proc counts memory in. */
const MEMORY_PAGE_BYTES = 4096;

/** The process that a page and its workers run in. */
async function processOf(browser) {
  const session = await browser.target().createCDPSession();
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  const renderers = processInfo.filter((process) => process.type === "renderer");
  // A new tab has one that does nothing any more.
  return renderers.reduce((busiest, other) => (other.cpuTime > busiest.cpuTime ? other : busiest)).id;
}

async function residentBytes(id) {
  const [, pages] = (await readFile(`/proc/${id}/statm`, "utf8")).split(" ");
  return Number(pages) * MEMORY_PAGE_BYTES;
}

/** Makes a file, and watches the process and its main thread. */
async function gauged({ page, id }, make) {
  const session = await page.createCDPSession();
  await session.send("HeapProfiler.collectGarbage");
  await session.detach();
  const before = await residentBytes(id);
  let peak = before;
  const timer = setInterval(async () => { peak = Math.max(peak, await residentBytes(id)); }, SAMPLE_EVERY_MS);
  const { value, task_ms, cpu_ms } = await watched(page, () => make(page)).finally(() => clearInterval(timer));
  return { seconds: value.ms / 1000, task_ms, cpu_ms, peak_mb: (peak - before) / 1e6, file_mb: value.bytes / 1e6 };
}

/** Presses the button and waits for the bytes of the whole file. */
async function press(page) {
  const made = await page.evaluate(async (start, failed) => {
    const register = URL.createObjectURL;
    try {
      const whole = new Promise((done) => {
        URL.createObjectURL = (blob) => {
          done({ at: performance.now(), bytes: blob.size });
          return register.call(URL, blob);
        };
      });
      const fault = new Promise((_, refuse) => {
        const look = setInterval(() => {
          const element = document.querySelector(failed);
          if (element) { clearInterval(look); refuse(new Error(element.textContent)); }
        }, 500);
        whole.then(() => clearInterval(look));
      });
      // As a task of the page's own: what the driver does counts as none.
      await new Promise((done) => setTimeout(done));
      const began = performance.now();
      document.querySelector(start).click();
      const { at, bytes } = await Promise.race([whole, fault]);
      return { ms: at - began, bytes };
    } finally {
      URL.createObjectURL = register;
    }
  }, css("download-start"), css("download-error"));
  // The manifest is made after the file, and counts for the main thread only.
  await page.waitForSelector(css("download-beside"));
  return made;
}

/** A function of the other page, timed in it; as a task of the page's own, as a click would begin it. */
const called = (name) => (page) => page.evaluate(async (name) => {
  await new Promise((done) => setTimeout(done));
  const began = performance.now();
  const bytes = await window.peer[name]();
  return { ms: performance.now() - began, bytes };
}, name);

/** All contenders of one work, in turns, each round beginning with another. */
async function side_by_side(work, contenders) {
  const measured = contenders.map(() => []);
  for (let round = 0; round < ROUNDS; round += 1) {
    for (let turn = 0; turn < contenders.length; turn += 1) {
      const at = (round + turn) % contenders.length;
      measured[at].push(await gauged(contenders[at].stage, contenders[at].make));
    }
  }
  return contenders.map(({ who }, at) => ({ work, who, ...together(measured[at]) }));
}

function together(rounds) {
  const of = (field) => rounds.map((round) => round[field]);
  return {
    seconds: Math.min(...of("seconds")),
    task_ms: Math.max(...of("task_ms")),
    cpu_ms: Math.max(...of("cpu_ms")),
    peak_mb: Math.max(...of("peak_mb")),
    file_mb: rounds[0].file_mb,
  };
}

/** Opens both, with rows in them. */
async function withBoth(use) {
  return withSite(cloud, query(cloud, rows, 100), async (page, browser) => {
    const session = await browser.target().createCDPSession();
    await session.send("Browser.setDownloadBehavior", { behavior: "deny" });
    await review(page, rows);
    await complete(page);
    const ours = { page, id: await processOf(browser) };
    return withPeer("files", async (page, browser) => {
      const recipient = await page.evaluate((rows) => window.peer.prepare(rows), rows);
      return use(ours, { page, id: await processOf(browser) }, recipient);
    });
  });
}

async function choose(page, format) {
  await page.select(css("download"), format);
}

/** CSV, plain and encrypted. */
async function million(ours, others, recipient) {
  await choose(ours.page, "csv");
  const us = { who: "the page", stage: ours, make: press };
  const plain = await side_by_side("CSV", [us, { who: "PapaParse", stage: others, make: called("papaparse") }]);
  await click(ours.page, "download-encrypt");
  await ours.page.select(css("encrypt-with"), "keys");
  await type(ours.page, "recipients", recipient);
  const [ours_whole, theirs_whole] = await side_by_side("CSV in age", [
    { ...us, who: "the page, which opens it again" },
    { who: "PapaParse and typage", stage: others, make: called("papaparse_typage") },
  ]);
  const [theirs] = await side_by_side("age alone", [{ who: "typage", stage: others, make: called("typage") }]);
  // The page never encrypts alone: what age adds to its CSV, opening it again included.
  const added = { ...ours_whole, work: "age alone", seconds: ours_whole.seconds - plain[0].seconds };
  return [...plain, ours_whole, theirs_whole, added, theirs];
}

/** XLSX, and what the page makes besides. */
async function formats(ours, others) {
  const { page } = ours;
  await choose(page, "xlsx");
  const made = await side_by_side("XLSX", [
    { who: "the page", stage: ours, make: press },
    { who: "SheetJS", stage: others, make: called("sheetjs") },
  ]);
  for (const format of ["json", "ndjson", "nvs-csv", "template", "device-files", "labels", "audit-json", "audit-page"]) {
    await choose(page, format);
    if (format === "labels") {
      // A sheet takes fewer rows than there are.
      await type(page, "filter", "abc");
      await click(page, "download-shown");
    }
    made.push({ work: format, who: "the page", ...(await gauged(ours, press)) });
    if (format === "labels") await click(page, "download-shown");
  }
  return made;
}

console.log(JSON.stringify({ files: await withBoth(what === "million" ? million : formats) }));
