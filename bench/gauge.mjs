// What can be read off a page: tasks of its main thread, frames while it scrolls, bytes that it holds. In: a page. Out:
// numbers.

/**
 * Lets `act` work, and gives what it gave and the longest task of the page's main thread meanwhile: in ms by the clock,
 * and in ms of a processor, which other work on the machine does not lengthen; and all of those ms.
 */
export async function watched(page, act) {
  await page.evaluate(() => {
    if (window.longTasks) return;
    window.longTasks = [];
    const keep = (list) => window.longTasks.push(...list.getEntries().map((task) => task.duration));
    new PerformanceObserver(keep).observe({ type: "longtask" });
  });
  await page.evaluate(() => { window.longTasks.length = 0; });
  await page.tracing.start({ categories: ["toplevel"] });
  const value = await act();
  // An entry comes a moment after its task.
  await new Promise((done) => setTimeout(done, 300));
  const tasks = mainThread(events(await page.tracing.stop())).map((task) => (task.tdur ?? 0) / 1000);
  return {
    value,
    // 0 if none took 50 ms, which is what browsers call long.
    task_ms: await page.evaluate(() => Math.round(Math.max(0, ...window.longTasks))),
    cpu_ms: Math.round(tasks.reduce((longest, ms) => Math.max(longest, ms), 0)),
    cpu_sum_ms: Math.round(tasks.reduce((sum, ms) => sum + ms, 0)),
  };
}

/** The tasks in a trace, and the names of threads. It has an event a line, and may be longer than a text can be. */
function* events(trace) {
  const bytes = Buffer.from(trace.buffer, trace.byteOffset, trace.byteLength);
  for (let start = 0; start < bytes.length;) {
    const line = bytes.indexOf("\n", start);
    const end = line < 0 ? bytes.length : line;
    const text = bytes.toString("utf8", start, end);
    start = end + 1;
    if (!text.includes('"ThreadControllerImpl::RunTask"') && !text.includes('"thread_name"')) continue;
    // A comma stands behind each event but the last, which may be followed by the end of the list.
    yield JSON.parse(text.replace(/(,|\](,"metadata".*)?)$/, ""));
  }
}

/** The tasks of the busiest main thread of all renderers: a spare one has nothing to do. */
function mainThread(events) {
  const threads = new Map();
  const names = new Set();
  for (const { name, ph, pid, tid, tdur, args } of events) {
    const thread = `${pid} ${tid}`;
    if (name === "thread_name" && args.name === "CrRendererMain") names.add(thread);
    if (name === "ThreadControllerImpl::RunTask" && ph === "X") {
      if (!threads.has(thread)) threads.set(thread, []);
      threads.get(thread).push({ tdur });
    }
  }
  const busy = (tasks) => tasks.reduce((sum, { tdur = 0 }) => sum + tdur, 0);
  const mains = [...names].map((thread) => threads.get(thread) ?? []);
  return mains.reduce((most, tasks) => (busy(tasks) > busy(most) ? tasks : most), []);
}

/** Scrolls the box that the selector names for so many seconds, as fast as the page draws. */
export function scroll(page, selector, seconds) {
  return page.evaluate(async (selector, seconds) => {
    const box = document.querySelector(selector);
    if (box.scrollHeight < box.clientHeight * 2) throw new Error(`${selector} has nothing to scroll`);
    const frame = () => new Promise(requestAnimationFrame);
    const end = performance.now() + seconds * 1000;
    let [frames, long, last] = [0, 0, await frame()];
    while (last < end) {
      box.scrollTop += 240;
      const now = await frame();
      frames += 1;
      if (now - last > 50) long += 1;
      last = now;
    }
    return { frames, long };
  }, selector, seconds);
}

/** Bytes of JavaScript and of wasm memory, those of the page's workers included. */
export async function heap(page) {
  const heaps = [await page.createCDPSession(), ...page.workers().map((worker) => worker.client)];
  let bytes = 0;
  for (const session of heaps) {
    await session.send("HeapProfiler.collectGarbage");
    bytes += (await session.send("Runtime.getHeapUsage")).usedSize + (await wasmBytes(session));
  }
  return bytes;
}

/** Bytes of wasm memory alone. */
async function wasmBytes(session) {
  const { result: prototype } = await session.send("Runtime.evaluate", { expression: "WebAssembly.Memory.prototype" });
  const { objects } = await session.send("Runtime.queryObjects", { prototypeObjectId: prototype.objectId });
  const { result } = await session.send("Runtime.callFunctionOn", {
    objectId: objects.objectId,
    functionDeclaration: "function () { return this.reduce((sum, memory) => sum + memory.buffer.byteLength, 0); }",
    returnByValue: true,
  });
  return result.value;
}

/** Bytes of the wasm memories of the page's workers: a memory never shrinks, so that this is its peak. */
export async function engineBytes(page) {
  const sizes = await Promise.all(page.workers().map((worker) => wasmBytes(worker.client)));
  return sizes.reduce((sum, bytes) => sum + bytes, 0);
}
