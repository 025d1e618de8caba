// What the module is made of: each of its functions, and each byte of its data, belongs to a part of the house. Written
// into docs/sizes.md by tools/sizes.mjs.
import { readFileSync, readdirSync } from "node:fs";
import { read } from "./wasm.mjs";

/** @typedef {{ start: number, end: number }} Range */
/** @typedef {{ name: string, functions: number, raw: number, brotli: number }} Part */

const FACE = "the JavaScript face, with serde-wasm-bindgen, wasm-bindgen and js-sys";
const SHARED = "the standard library, where it serves several parts: text, numbers, lists, maps";
export const PROCEDURES = "the five procedures, as text";
export const LISTS = "the lists of words, as text";
export const WORDS = "the words of the checks: titles, remedies, messages, questions";
export const OTHER_WORDS = "other words: labels, keys, names of fields, errors";
const TABLES = "tables: where each check, field and text stands";
const NUMBERS = "tables of the standard library: capital and small letters, powers of ten";
const FRAME = "types, imports, exports and the list of functions that are called through tables";

/** The files and folders of src/, but for src/rules/; one that stands nowhere here is a part of its own. */
const HOUSE = {
  "the record, field by field": ["record", "answer", "part", "reads", "probe", "size"],
  "reading a procedure": ["procedure", "json"],
  "the shapes of a check, the report and the form": ["rule", "finding", "field", "report", "form", "own", "order", "timeline", "lib"],
  "facts of a case that checks ask for": "case cast people office likeness roll sitting young approval moving link words".split(" "),
  "days and periods": ["day", "period"],
  "`src/wording/`": ["wording"],
  "`src/copy/`": ["copy"],
  [FACE]: ["wasm"],
};
const CRATES = {
  [FACE]: ["serde_wasm_bindgen", "wasm_bindgen", "js_sys", "tsify"],
  "serde and serde_json": ["serde", "serde_core", "serde_json"],
  chrono: ["chrono"],
  validator: ["validator"],
  "allocating memory": ["dlmalloc", "__rustc"],
};

/** Whether a part is a file of checks. @param {string} part */
export const isChecks = (part) => part.startsWith("`src/rules/");

/** @param {Record<string, string[]>} parts */
const inverse = (parts) => new Map(Object.entries(parts).flatMap(([part, names]) => names.map((name) => [name, part])));
const ofFile = inverse(HOUSE);
const ofCrate = inverse(CRATES);

/** @param {string} folder */
const files = (folder) => new Set(readdirSync(folder).map((file) => file.replace(/\.rs$/, "")));
const inSrc = files("src");
const inRules = files("src/rules");

/**
 * Of each part what it weighs, the heaviest first. What it weighs compressed is what it adds to all the others; as parts are
 * like each other, each adds less than its share, and hence all are scaled to the whole.
 *
 * @param {Buffer} bytes The module with the names of its functions.
 * @param {(others: Buffer, part: Buffer) => Promise<number>} added How much more is sent with a part after all others.
 * @param {number} whole What all parts weigh together when compressed.
 * @returns {Promise<Part[]>}
 */
export async function parts(bytes, added, whole) {
  const module = read(bytes);
  /** @type {Map<string, { ranges: Range[], functions: number }>} */
  const found = new Map();
  const add = (/** @type {string} */ name, /** @type {Range} */ range, functions = 0) => {
    const part = found.get(name) ?? { ranges: [], functions: 0 };
    part.ranges.push(range);
    part.functions += functions;
    found.set(name, part);
  };
  const owners = owned(module);
  for (const [index, body] of module.functions) add(owners.get(index) ?? SHARED, body, 1);
  const places = items(module, owners);
  const known = [...sources()];
  for (const segment of module.data) for (const [name, range] of kinds(bytes, segment, places, known)) add(name, range);
  let at = 0;
  for (const { start, end } of [...module.functions.values(), ...module.data, { start: module.end, end: module.end }]) {
    if (start > at) add(FRAME, { start: at, end: start });
    at = end;
  }

  const all = bytes.subarray(0, module.end);
  const weighed = [];
  for (const [name, { ranges, functions }] of found) {
    const part = Buffer.concat(ranges.map(({ start, end }) => all.subarray(start, end)));
    const ends = [0, ...ranges.map(({ end }) => end)];
    const others = Buffer.concat(ends.map((end, k) => all.subarray(end, ranges[k]?.start)));
    weighed.push({ name, functions, raw: part.length, brotli: await added(others, part) });
  }
  const scale = whole / weighed.reduce((sum, part) => sum + part.brotli, 0);
  return weighed.map((part) => ({ ...part, brotli: part.brotli * scale })).sort((one, other) => other.brotli - one.brotli);
}

/**
 * By index, the part that a function belongs to; those that are missing belong to none alone.
 *
 * The compiler leaves out of a name for which type a function of the standard library was made, unless it is a method of
 * that type. It is then told by what such a function calls, by where it stands among those called through a table, or
 * else by who calls it.
 *
 * @param {import("./wasm.mjs").Module} module
 */
function owned({ functions, names, table }) {
  /** @type {Map<number, string>} */
  const owners = new Map();
  for (const index of functions.keys()) {
    const owner = named(names.get(index) ?? "");
    if (owner) owners.set(index, owner);
  }
  const byName = new Map(owners);

  // Files of rules know nothing of each other, and a closure is called by what it was handed to: either tells whose it is.
  for (const [index, { calls }] of functions) {
    if (owners.has(index)) continue;
    const telling = [...calls].filter((call) => isChecks(byName.get(call) ?? "") || names.get(call)?.includes("{{closure}}"));
    const all = new Set(telling.map((call) => byName.get(call)).filter((owner) => owner !== undefined));
    const [owner] = all;
    if (owner && all.size === 1) owners.set(index, owner);
  }

  // A check is a constant, and constants stand in the order of the catalogue: a nameless closure, such as the one that picks
  // the term, stands before the function that looks.
  let next;
  for (const index of [...table].reverse()) {
    const owner = byName.get(index);
    if (owner && isChecks(owner)) next = owner;
    else if (owner && !/ as cinplan::rule::Check>/.test(names.get(index) ?? "")) next = undefined;
    else if (!owner && next && !owners.has(index) && /FnOnce::call_once/.test(names.get(index) ?? "")) owners.set(index, next);
  }

  // Whoever is called by one part alone, directly or by others of which that is true.
  /** @type {Map<number, Set<string>>} */
  const callers = new Map();
  const tabled = new Set(table);
  const SEVERAL = "";
  for (const index of tabled) if (!owners.has(index)) callers.set(index, new Set([SEVERAL]));
  const waiting = [...functions.keys()];
  for (let index; (index = waiting.pop()) !== undefined; ) {
    const from = owners.has(index) ? [/** @type {string} */ (owners.get(index))] : [...(callers.get(index) ?? [])];
    for (const call of functions.get(index)?.calls ?? []) {
      if (owners.has(call)) continue;
      const known = callers.get(call) ?? new Set();
      const before = known.size;
      for (const owner of from) known.add(owner);
      callers.set(call, known);
      if (known.size > before) waiting.push(call);
    }
  }
  for (const [index, [owner, another]] of callers) {
    if (owner && another === undefined) owners.set(index, owner);
  }
  return owners;
}

/** The part whose name stands in that of a function. @param {string} name */
function named(name) {
  const [, file, inner] = /\bcinplan(?:\[\w+\])?::(\w+)(?:::(\w+))?/.exec(name) ?? [];
  if (file === "rules") return `\`src/rules/${inRules.has(inner) ? inner : "mod"}.rs\``;
  if (file) return ofFile.get(inSrc.has(file) ? file : "lib") ?? `\`src/${file}.rs\``;
  if (!name.includes("::")) return /^(__wb|__externref|validator_|form_)|shim$/.test(name) ? FACE : undefined;
  return ofCrate.get(/^[<&]*(?:mut )?(\w+)/.exec(name)?.[1] ?? "");
}

/**
 * What the text in the module is, as far as the sources tell; where two say different things, the later is right.
 *
 * @returns {Generator<[string, string]>}
 */
function* sources() {
  // What stands between quotation marks in src/rules/, in pieces where values are put in.
  for (const file of inRules) {
    for (const [, text] of readFileSync(`src/rules/${file}.rs`, "utf8").matchAll(/"((?:[^"\\]|\\.)*)"/gs)) {
      for (const piece of text.replace(/\\\n\s*/g, "").split(/\{[^}]*\}|\\./)) if (piece.length >= 6) yield [WORDS, piece];
    }
  }
  for (const file of readdirSync("procedures")) yield [PROCEDURES, readFileSync(`procedures/${file}`, "utf8")];
  for (const file of ["lists", "plain"]) yield [LISTS, readFileSync(`src/wording/${file}.txt`, "utf8")];
}

/**
 * Where something begins that functions look at, and whether those of the standard library alone do.
 *
 * @param {import("./wasm.mjs").Module} module
 * @param {Map<number, string>} owners
 */
function items({ functions }, owners) {
  /** @type {Map<number, boolean>} */
  const places = new Map();
  for (const [index, { constants }] of functions) {
    for (const place of constants) places.set(place, !owners.has(index) && places.get(place) !== false);
  }
  return [...places].sort(([one], [other]) => one - other);
}

/**
 * A segment of data piece by piece, each with its part.
 *
 * @param {Buffer} bytes
 * @param {import("./wasm.mjs").Module["data"][number]} segment
 * @param {[number, boolean][]} places
 * @param {[string, string][]} known
 * @returns {Generator<[string, Range]>}
 */
function* kinds(bytes, { start, end, address }, places, known) {
  const data = bytes.subarray(start, end);
  const kind = new Array(data.length).fill(TABLES);
  // Four letters in a row are no address.
  for (const { 0: { length }, index } of data.toString("latin1").matchAll(/(?:[\n\x20-\x7e]|\xe2\x80[\x80-\xbf]|\xc3[\x80-\xbf]){4,}/g)) {
    kind.fill(OTHER_WORDS, index, index + length);
  }
  // Tables of numbers hold such letters too; they are longer than any message of the standard library.
  const within = places.filter(([place]) => place >= address && place < address + data.length);
  for (const [k, [place, isStandard]] of within.entries()) {
    const next = within[k + 1]?.[0] ?? address + data.length;
    if (isStandard && next - place >= 256) kind.fill(NUMBERS, place - address, next - address);
  }
  for (const [name, text] of known) {
    const { length } = Buffer.from(text);
    for (let at = data.indexOf(text); at >= 0; at = data.indexOf(text, at + length)) kind.fill(name, at, at + length);
  }

  for (let at = 0, next; at < data.length; at = next) {
    next = at + 1;
    while (next < data.length && kind[next] === kind[at]) next++;
    yield [kind[at], { start: start + at, end: start + next }];
  }
}
