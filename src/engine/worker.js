// The engine's worker. In: nothing. Out: nothing; the engine listens by itself.

import init from "./engine.js";

// What fails in a promise is an error like any other: the page hears of it.
addEventListener("unhandledrejection", ({ reason }) => {
  throw reason;
});

// The demo's cloud, a program of its own: whoever never tries the demo never downloads it.
self.loadDemo = async () => {
  const { default: init, Demo } = await import("./demo.js");
  await init();
  return new Demo();
};

const EXPORTER = new URL("./exporter-worker.js", import.meta.url).href;

// Where a server asks for Trusted Types, this is the one script that can be started here, whoever asks.
self.trustedTypes?.createPolicy("default", { createScriptURL: (url) => (url === EXPORTER ? url : null) });

// What makes one file that needs large libraries, or encryption: a program and a memory of its own, off this thread. One
// question at a time; ended, whatever it is at, it and its memory are gone.
self.openExporter = () => {
  const worker = new Worker(EXPORTER, { type: "module" });
  let settle = { reject() {} };
  worker.onmessage = ({ data: [answer, fault] }) => (fault ? settle.reject(fault) : settle.resolve(answer));
  worker.onerror = (event) => {
    event.preventDefault();
    settle.reject(event.message ?? "");
  };
  return {
    ask: (method, argument) =>
      new Promise((resolve, reject) => {
        settle = { resolve, reject };
        worker.postMessage([method, argument]);
      }),
    end() {
      worker.terminate();
      settle.reject(null);
    },
  };
};

init();
