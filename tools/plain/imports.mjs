// What core.js has to know of the module's imports, and the module with its memory among them.
import { readFileSync, writeFileSync } from "node:fs";
import binaryen from "binaryen";

const dir = process.argv[2];
const module = binaryen.readBinary(readFileSync(`${dir}/cinplan_bg.wasm`));

const { initial } = module.getMemoryInfo();
module.addMemoryImport("0", "host", "memory");
writeFileSync(`${dir}/host.wasm`, module.emitBinary());

// Numbers of 64 bits come to JavaScript in two halves.
/** @type {string[]} */
const wide = [];
for (let at = 0; at < module.getNumFunctions(); at += 1) {
  const { base, params, results } = binaryen.getFunctionInfo(module.getFunctionByIndex(at));
  const types = [...binaryen.expandType(params), ...binaryen.expandType(results)];
  if (!base || !types.includes(binaryen.i64)) continue;
  if (types.length !== 2 || types[0] !== binaryen.i64) throw new Error(`core.js hands no 64-bit numbers to ${base} yet`);
  wide.push(base);
}
writeFileSync(
  `${dir}/exports.js`,
  `export const pages = ${initial};\nexport const wide = ${JSON.stringify(wide)};\nexport { instantiate };\n`,
);
