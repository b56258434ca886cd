// What the published document starts with. In: MODULE_INTEGRITY, which `cargo xtask build` puts before this. Out: the page.

/* global MODULE_INTEGRITY */

import init from "./provisioner.js";

// Where the browser has Trusted Types, these two scripts can be started, whoever asks, and no text becomes markup.
const SCRIPTS = ["worker.js", "service-worker.js"];
self.trustedTypes?.createPolicy("default", { createScriptURL: (url) => (SCRIPTS.includes(url) ? url : null) });

await init({ module_or_path: fetch("./provisioner_bg.wasm", { integrity: MODULE_INTEGRITY }) });
