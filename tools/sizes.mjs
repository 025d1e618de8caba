// Writes docs/sizes.md: what each file of the package weighs, as it is and as servers send it, and what the module is made
// of. Run by `make sizes`.
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { finished } from "node:stream/promises";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, createBrotliCompress, gzipSync } from "node:zlib";
import { LISTS, OTHER_WORDS, PROCEDURES, WORDS, isChecks, parts } from "./parts.mjs";

/**
 * What a page loads for each way of using it, with what these import, and how many bytes of brotli that may be. `make test`
 * fails beyond it. Whoever makes it larger has a reason; whoever has made something smaller makes it smaller.
 *
 * @type {Record<string, { start: string[], budget: number }>}
 */
export const WAYS = {
  "`<cin-plan>`, with WebAssembly": { start: ["element.js", "cinplan_bg.wasm", "cinplan.css"], budget: 590_000 },
  "`attach`, with WebAssembly": { start: ["form.js", "cinplan_bg.wasm", "cinplan.css"], budget: 585_000 },
  "`Validator` alone, with WebAssembly": { start: ["cinplan.js", "cinplan_bg.wasm"], budget: 537_000 },
  "`<cin-plan>`, without WebAssembly": { start: ["element.js", "plain.js", "cinplan.css"], budget: 815_000 },
  "one file, without WebAssembly": { start: ["plain.js"], budget: 757_000 },
};

/** The aim for WebAssembly and JavaScript together, with five procedures, in bytes of brotli. */
const AIM = 120_000;

/** @typedef {{ raw: number, gzip: number, brotli: number }} Size */

/** @returns {Map<string, Size>} By file, and by way. */
export function sizes() {
  const names = readdirSync("pkg").filter((name) => /\.(js|css|wasm)$/.test(name));
  /** @type {Map<string, Size>} */
  const files = new Map(names.map((name) => [name, sizeOf(readFileSync(`pkg/${name}`))]));
  /** @type {Map<string, Size>} */
  const ways = new Map();
  for (const [way, { start }] of Object.entries(WAYS)) ways.set(way, sum([...imported(start)].map((name) => files.get(name))));
  return new Map([...ways, ...files]);
}

/** @param {Buffer} bytes @returns {Size} */
function sizeOf(bytes) {
  return { raw: bytes.length, gzip: gzipSync(bytes).length, brotli: brotli(bytes) };
}

const LEVEL = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } };

/** @param {Buffer} bytes */
function brotli(bytes) {
  return brotliCompressSync(bytes, LEVEL).length;
}

/** How many bytes are sent for the second piece, after the first. @param {Buffer} before @param {Buffer} bytes */
async function added(before, bytes) {
  const stream = createBrotliCompress(LEVEL);
  let sent = 0;
  stream.on("data", ({ length }) => (sent += length));
  stream.write(before);
  await new Promise((resolve) => stream.flush(() => resolve(undefined)));
  while (stream.readableLength > 0) await new Promise((resolve) => setImmediate(resolve));
  const first = sent;
  stream.end(bytes);
  await finished(stream);
  return sent - first;
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

/** The files of pkg/ and what they import. @param {string[]} names */
export function imported(names) {
  const all = new Set(names);
  for (const name of all) {
    if (!name.endsWith(".js") || name === "plain.js") continue;
    for (const [, from] of readFileSync(`pkg/${name}`, "utf8").matchAll(/^(?:import|export) .*from "\.\/(.+)";$/gm)) all.add(from);
  }
  return all;
}

const KB = 1000;
const kb = (/** @type {number} */ bytes) => (bytes < 10 * KB ? (bytes / KB).toFixed(1) : String(Math.round(bytes / KB)));

/** How many rows the table of parts has at most. */
const ROWS = 30;

/** @param {import("./parts.mjs").Part[]} all */
function tableOfParts(all) {
  const heaviest = all.filter(({ name }) => !isChecks(name)).length;
  const own = new Set(all.filter(({ name }) => isChecks(name)).slice(0, ROWS - heaviest - 1));
  const few = all.filter((part) => isChecks(part.name) && !own.has(part));
  const rest = { name: `the other ${few.length} files of \`src/rules/\``, ...total(few) };
  const rows = [...all.filter((part) => !few.includes(part)), ...(few.length > 0 ? [rest] : [])].sort((one, other) => other.brotli - one.brotli);
  const row = (/** @type {import("./parts.mjs").Part} */ { name, functions, raw, brotli }) => `| ${name} | ${functions || ""} | ${kb(raw)} | ${kb(brotli)} |`;
  return `| part | functions | kB | brotli |\n| --- | ---: | ---: | ---: |\n${[...rows, { name: "**together**", ...total(all) }].map(row).join("\n")}\n`;
}

/** @param {import("./parts.mjs").Part[]} some */
function total(some) {
  const sum = { functions: 0, raw: 0, brotli: 0 };
  for (const part of some) for (const kind of /** @type {const} */ (["functions", "raw", "brotli"])) sum[kind] += part[kind];
  return sum;
}

/** How far it is to the aim, and what is in the way. @param {Map<string, Size>} all @param {import("./parts.mjs").Part[]} made */
async function wayToTheAim(all, made) {
  const { initSync, rules } = await import("../pkg/cinplan.js");
  initSync({ module: readFileSync("pkg/cinplan_bg.wasm") });
  const kinds = rules().map(({ kind }) => kind);
  const computed = kinds.filter((kind) => kind === "rule" || kind === "deadline" || kind === "wording").length;

  const of = (/** @type {string[]} */ ...names) => total(made.filter(({ name }) => names.includes(name))).brotli;
  const code = total(made.filter(({ name }) => isChecks(name)));
  const module = total(made).brotli;
  const page = Object.keys(WAYS)[0];
  const now = all.get(page)?.brotli ?? NaN;
  return `The aim is ${kb(AIM)} kB of brotli for all that a page loads for five procedures. ${page}, is at ${kb(now)} kB, ${(now / AIM).toFixed(1)} times as
much: ${kb(module)} kB of WebAssembly, and ${kb(now - module)} kB of JavaScript and CSS.

What stands in the way is how much is checked. There are ${kinds.length} checks, each with words of its own (${Math.round(of(WORDS) / kinds.length)} bytes of brotli on
average), of which ${computed} compute something, each with code of its own (${Math.round(code.brotli / computed)} bytes); the other ${kinds.length - computed} are questions and
guidance. Their code is ${kb(code.brotli)} kB and their words are ${kb(of(WORDS))}; the five procedures are ${kb(of(PROCEDURES))}. That is ${kb(code.brotli + of(WORDS, PROCEDURES))} kB before a record is read, a
fact of a case is found out, or a report is told. All the text in the module, of whatever kind, is ${kb(of(WORDS, PROCEDURES, LISTS, OTHER_WORDS))} kB.
`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const sizesOf = (/** @type {Size} */ { raw, gzip, brotli }) => `${kb(raw)} | ${kb(gzip)} | ${kb(brotli)}`;
  const all = sizes();
  const files = [...all].filter(([name]) => !WAYS[name]);
  const module = /** @type {Size} */ (all.get("cinplan_bg.wasm"));
  const named = readFileSync("target/wasm/named.wasm");
  const made = await parts(named, added, module.brotli);
  writeFileSync(
    "docs/sizes.md",
    `# What it weighs

Written by \`make sizes\`. A kB is 1,000 bytes; brotli is at level 9. \`make test\` fails where a page loads more than the budget,
which stands in \`tools/sizes.mjs\`.

| what a page loads | kB | gzip | brotli | budget |
| --- | ---: | ---: | ---: | ---: |
${Object.entries(WAYS).map(([way, { budget }]) => `| ${way} | ${sizesOf(/** @type {Size} */ (all.get(way)))} | ${kb(budget)} |`).join("\n")}

| file | kB | gzip | brotli |
| --- | ---: | ---: | ---: |
${files.map(([name, size]) => `| \`${name}\` | ${sizesOf(size)} |`).join("\n")}

## What the module is made of

Every function and every byte of data in \`cinplan_bg.wasm\`, before wasm-opt takes the names away and moves code from one
function into another: then it has ${kb(total(made).raw)} kB, of which ${kb(module.raw)} are left. Where a function of the standard library was compiled
for one part alone, it is counted there. In brotli a part counts by how many bytes it adds when all others have been sent, in
proportion to what the module that ships weighs: parts are like each other, so that what they add is less than they are.

${tableOfParts(made)}
## How far it is from the aim

${await wayToTheAim(all, made)}`,
  );
}
