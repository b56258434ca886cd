// The engine's worker: the page's program once more, in a heap of its own. In: the address of the program's glue and the
// compiled module, in one message from the page. Out: nothing; the engine then listens by itself.

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

onmessage = async ({ data: { glue, module } }) => {
  onmessage = null;
  const { default: init } = await import(glue);
  await init({ module_or_path: module });
};
