// Makes a published site's program smaller without changing what it does. In: a folder, and the paths of wasm-opt and
// terser. Out: the same folder. Names by which module and glue know each other become one or two letters, and the scripts
// lose their layout.

import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const [folder, wasmOpt, terser] = process.argv.slice(2);
const node = (...args) => execFileSync(process.execPath, args, { encoding: "utf8", maxBuffer: 1 << 26 });
const files = (ending) => readdirSync(folder).filter((name) => name.endsWith(ending)).map((name) => join(folder, name));

// What rustc enables for wasm32; the module says so no more, since its custom sections are dropped.
const FEATURES = ["bulk-memory", "mutable-globals", "nontrapping-float-to-int", "sign-ext", "reference-types", "multivalue"];

function shortenNames(module) {
  const features = FEATURES.map((feature) => `--enable-${feature}`);
  // A second round finds what the first, which Trunk asks for, has laid bare.
  const passes = ["-Oz", "--minify-imports-and-exports-and-modules"];
  const names = JSON.parse(node(wasmOpt, module, "-o", module, ...features, ...passes));
  const gluePath = module.replace(/_bg\.wasm$/, ".js");
  let glue = readFileSync(gluePath, "utf8");
  const replace = (from, to) => {
    if (!glue.includes(from)) throw new Error(`${gluePath} has no ${from}`);
    glue = glue.replaceAll(from, to);
  };
  // The longest first: one name may begin another.
  const byLength = (list) => [...list].sort((one, other) => other.at(-2).length - one.at(-2).length);
  for (const [, name, short] of byLength(names.imports)) replace(`${name}: function`, `${short}: function`);
  for (const source of new Set(names.imports.map(([source]) => source))) replace(`"${source}"`, '"a"');
  // The glue does not use every export.
  for (const [name, short] of byLength(names.exports)) glue = glue.replaceAll(new RegExp(`\\bwasm\\.${name}\\b`, "g"), `wasm.${short}`);
  writeFileSync(gluePath, glue);
}

files("_bg.wasm").forEach(shortenNames);
for (const script of files(".js")) node(terser, script, "--module", "--compress", "--mangle", "--output", script);
