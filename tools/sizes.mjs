// Writes docs/sizes.md: what each file of the package weighs, as it is and as servers send it. Run by `make sizes`.
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

/** What a page loads for each way of using it; what these import comes with them. */
const WAYS = {
  "`<cin-plan>`, with WebAssembly": ["element.js", "cinplan_bg.wasm", "cinplan.css"],
  "`attach`, with WebAssembly": ["form.js", "cinplan_bg.wasm", "cinplan.css"],
  "`Validator` alone, with WebAssembly": ["cinplan.js", "cinplan_bg.wasm"],
  "`<cin-plan>`, without WebAssembly": ["element.js", "plain.js", "cinplan.css"],
  "one file, without WebAssembly": ["plain.js"],
};

/** @typedef {{ raw: number, gzip: number, brotli: number }} Size */

/** @returns {Map<string, Size>} By file, and by way. */
export function sizes() {
  const names = readdirSync("pkg").filter((name) => /\.(js|css|wasm)$/.test(name));
  /** @type {Map<string, Size>} */
  const files = new Map(names.map((name) => [name, sizeOf(readFileSync(`pkg/${name}`))]));
  /** @type {Map<string, Size>} */
  const ways = new Map();
  for (const [way, start] of Object.entries(WAYS)) ways.set(way, sum([...imported(start)].map((name) => files.get(name))));
  return new Map([...ways, ...files]);
}

/** @param {Buffer} bytes @returns {Size} */
function sizeOf(bytes) {
  const brotli = brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }).length;
  return { raw: bytes.length, gzip: gzipSync(bytes).length, brotli };
}

/** @param {(Size | undefined)[]} all */
function sum(all) {
  const total = { raw: 0, gzip: 0, brotli: 0 };
  for (const size of all) {
    if (!size) throw new Error("A way of using the package names a file that is not there");
    for (const kind of /** @type {const} */ (["raw", "gzip", "brotli"])) total[kind] += size[kind];
  }
  return total;
}

/** The files and what they import. @param {string[]} names */
function imported(names) {
  const all = new Set(names);
  for (const name of all) {
    if (!name.endsWith(".js") || name === "plain.js") continue;
    for (const [, from] of readFileSync(`pkg/${name}`, "utf8").matchAll(/^(?:import|export) .*from "\.\/(.+)";$/gm)) all.add(from);
  }
  return all;
}

const KB = 1000;

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const kb = (/** @type {number} */ bytes) => (bytes < 10 * KB ? (bytes / KB).toFixed(1) : String(Math.round(bytes / KB)));
  const row = (/** @type {[string, Size]} */ [name, { raw, gzip, brotli }]) => `| ${name.startsWith("`") || name.includes(" ") ? name : `\`${name}\``} | ${kb(raw)} | ${kb(gzip)} | ${kb(brotli)} |`;
  const all = [...sizes()];
  const table = (/** @type {string} */ head, /** @type {[string, Size][]} */ rows) => `| ${head} | kB | gzip | brotli |\n| --- | ---: | ---: | ---: |\n${rows.map(row).join("\n")}\n`;
  const ways = Object.keys(WAYS).length;
  writeFileSync(
    "docs/sizes.md",
    `# What it weighs\n\nWritten by \`make sizes\`. A kB is 1,000 bytes; brotli is at level 9.\n\n${table("what a page loads", all.slice(0, ways))}\n${table("file", all.slice(ways))}`,
  );
}
