// The exporter's worker: one program, one file, then the engine ends it, and its memory with it. In: a method's name and
// its argument. Out: what it answers, or the fault that it throws, as bytes.

import init, { Exporter } from "./exporter.js";

// What fails otherwise is an error of the whole worker: the engine hears of it.
addEventListener("unhandledrejection", ({ reason }) => {
  throw reason;
});

const ready = init().then(() => new Exporter());

onmessage = async ({ data: [method, argument] }) => {
  const exporter = await ready;
  try {
    postMessage([exporter[method](argument)]);
  } catch (fault) {
    if (!(fault instanceof Uint8Array)) throw fault;
    postMessage([, fault]);
  }
};
