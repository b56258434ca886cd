// Compresses a static site for servers that send ready-made files. In: a folder. Out: `.br` and `.gz` beside each file,
// and on standard output a JSON object: path → sizes in bytes. Node has both formats built in.

import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const folder = process.argv[2];
const sizes = {};
const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
for (const entry of entries.filter((entry) => entry.isFile())) {
  const file = join(entry.parentPath ?? entry.path, entry.name);
  const bytes = readFileSync(file);
  const brotli = brotliCompressSync(bytes, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  });
  const gzip = gzipSync(bytes, { level: constants.Z_BEST_COMPRESSION });
  writeFileSync(`${file}.br`, brotli);
  writeFileSync(`${file}.gz`, gzip);
  sizes[relative(folder, file)] = { raw: bytes.length, brotli: brotli.length, gzip: gzip.length };
}
console.log(JSON.stringify(sizes));
