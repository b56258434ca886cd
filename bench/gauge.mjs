// What can be read off a page: long tasks of its main thread, frames while it scrolls, bytes that it holds. In: a page.
// Out: numbers.

/** Begins to watch the main thread. */
export function watch(page) {
  return page.evaluate(() => {
    window.longTasks = [];
    const keep = (list) => window.longTasks.push(...list.getEntries().map((task) => task.duration));
    new PerformanceObserver(keep).observe({ type: "longtask" });
  });
}

/** The longest task since the last call, in ms; 0 if none took 50 ms, which is what browsers call long. */
export async function longestTask(page) {
  // An entry comes a moment after its task.
  await new Promise((done) => setTimeout(done, 300));
  return page.evaluate(() => Math.round(Math.max(0, ...window.longTasks.splice(0))));
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
