// One table with so many rows. In: `page`, `ag_grid` or `tanstack`, the cloud's host and port, rows. Out: one line of JSON.
//
// The page gets its rows by a run. The others get rows of the same kind as an array, as an application hands them over.
// Each is scrolled, filtered letter by letter and sorted by DeviceName.

import { css, withSite } from "./browser.mjs";
import { complete, query, review } from "./form.mjs";
import { engineBytes, heap, scroll, watched } from "./gauge.mjs";
import { withPeer } from "./peers.mjs";

const [who, cloud, rowsText] = process.argv.slice(2);
const rows = Number(rowsText);

const SCROLL_SECONDS = 10;
const TYPED = ["a", "ab", "abc"];

/** What is done to each table. `filter` and `sort` give milliseconds. */
async function measure(page, selector, filter, sort) {
  const scrolled = await watched(page, () => scroll(page, selector, SCROLL_SECONDS));
  const { frames, long } = scrolled.value;
  let filter_ms = 0;
  const filtered = await watched(page, async () => {
    for (const text of TYPED) filter_ms = Math.max(filter_ms, await filter(page, text));
  });
  await filter(page, "");
  const sorted = await watched(page, () => sort(page));
  return {
    frames,
    long,
    filter_ms: Math.round(filter_ms),
    sort_ms: Math.round(sorted.value),
    frame_cpu_ms: scrolled.cpu_sum_ms / frames,
    ...longest("scroll", scrolled),
    ...longest("filter", filtered),
    ...longest("sort", sorted),
  };
}

/** The longest task of some work, under its name. */
function longest(name, { task_ms, cpu_ms }) {
  return { [`${name}_task_ms`]: task_ms, [`${name}_cpu_ms`]: cpu_ms };
}

/** Types, and waits until the page says how many rows there are and shows them. */
function typeFilter(page, text) {
  return page.evaluate(async (text, field, count, name) => {
    const [input, said] = [document.querySelector(field), document.querySelector(count)];
    const before = said.textContent;
    const began = performance.now();
    input.value = text;
    input.dispatchEvent(new Event("input", { bubbles: true }));
    const isBusy = () => document.querySelector('table[aria-busy="true"]') || document.querySelector(name)?.textContent === "…";
    while (said.textContent === before || isBusy()) await new Promise(requestAnimationFrame);
    return performance.now() - began;
  }, text, css("filter"), css("row-count"), css("cell-device-name"));
}

/** Clicks on the column's head, and waits for another first row. */
function clickHead(page) {
  return page.evaluate(async (cell) => {
    const first = () => document.querySelector(cell).textContent;
    document.querySelector("#rows").scrollTop = 0;
    await new Promise((done) => setTimeout(done, 500));
    const before = first();
    const head = [...document.querySelectorAll("th button")].find((head) => head.textContent.includes("DeviceName"));
    const began = performance.now();
    head.click();
    const isBusy = () => document.querySelector('table[aria-busy="true"]') || first() === "…";
    while (first() === before || isBusy()) await new Promise(requestAnimationFrame);
    return performance.now() - began;
  }, css("cell-device-name"));
}

const timed = (call) => async (page, text) => page.evaluate(async (call, text) => {
  const began = performance.now();
  await (call === "filter" ? window.peer.filter(text) : window.peer.sort("DeviceName", "asc"));
  return performance.now() - began;
}, call, text);

async function ours() {
  return withSite(cloud, query(cloud, rows, 100), async (page) => {
    const empty = await heap(page);
    const engine = await engineBytes(page);
    await review(page, rows);
    const began = performance.now();
    const run = await watched(page, () => complete(page));
    const run_seconds = Math.round((performance.now() - began) / 1000);
    const engine_bytes_a_row = ((await engineBytes(page)) - engine) / rows;
    const measured = await measure(page, "#rows", typeFilter, clickHead);
    return { run_seconds, ...longest("run", run), engine_bytes_a_row, ...measured, bytes_a_row: ((await heap(page)) - empty) / rows };
  });
}

async function peer() {
  return withPeer(who, async (page) => {
    const empty = await heap(page);
    await page.evaluate((rows) => window.peer.prepare(rows), rows);
    const opened = await watched(page, () => page.evaluate(async () => {
      const began = performance.now();
      await window.peer.open();
      return Math.round(performance.now() - began);
    }));
    const scroller = await page.evaluate(() => window.peer.scroller);
    const measured = await measure(page, scroller, timed("filter"), timed("sort"));
    return { open_ms: opened.value, ...longest("open", opened), ...measured, bytes_a_row: ((await heap(page)) - empty) / rows };
  });
}

console.log(JSON.stringify(await (who === "page" ? ours() : peer())));
