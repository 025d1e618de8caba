// Fuzzes the map of a host's names: `node fuzz/names.mjs SECONDS CORPUS`.
//
// js/map.js is JavaScript, which cargo fuzz cannot see into. What libFuzzer does is done here by the engine's own coverage:
// an input that reaches something new, or something more often than before, is kept and changed again.
import { readFileSync, readdirSync, mkdirSync, writeFileSync } from "node:fs";
import { Session } from "node:inspector";
import { hold } from "../tests/names.mjs";

const [seconds = "60", corpus = "fuzz/corpus/names"] = process.argv.slice(2);

const session = new Session();
session.connect();
/** @param {string} method @param {object} [params] @returns {any} */
function post(method, params) {
  /** @type {any} */
  let answer;
  // The session answers before it returns.
  session.post(method, params, (error, result) => {
    if (error) throw error;
    answer = result;
  });
  return answer;
}
post("Profiler.enable");
post("Profiler.startPreciseCoverage", { callCount: true, detailed: true });

/** What the latest input reached: places of js/map.js, each with how often by powers of two. */
function reached() {
  /** @type {string[]} */
  const all = [];
  for (const { url, functions } of post("Profiler.takePreciseCoverage").result) {
    if (!url.endsWith("/js/map.js")) continue;
    for (const { ranges } of functions) {
      for (const { startOffset, endOffset, count } of ranges) {
        if (count) all.push(`${startOffset}-${endOffset} ${Math.floor(Math.log2(count))}`);
      }
    }
  }
  return all;
}

mkdirSync(corpus, { recursive: true });
const kept = readdirSync(corpus).map((name) => new Uint8Array(readFileSync(`${corpus}/${name}`)));
if (!kept.length) kept.push(new Uint8Array(16));
/** @type {Set<string>} */
const seen = new Set();
let seed = Date.now() >>> 0;
const dice = (/** @type {number} */ sides) => (seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0) % 65521 % sides;

/** @param {Uint8Array} input */
function run(input) {
  try {
    hold(input);
  } catch (error) {
    mkdirSync("fuzz/artifacts/names", { recursive: true });
    const path = `fuzz/artifacts/names/${seed.toString(16)}`;
    writeFileSync(path, input);
    console.log("broken");
    console.error(`${path} breaks it:`, error);
    process.exit(1);
  }
}

/** Whether what ran since it was last asked has reached anything new. */
const isNew = () => reached().some((place) => !seen.has(place));

/** A kept input with some of its bytes changed, cut out, doubled, or followed by those of another. */
function changed() {
  let bytes = [...kept[dice(kept.length)]];
  for (let times = 1 + dice(4); times > 0; times -= 1) {
    const at = dice(bytes.length + 1);
    const kind = dice(5);
    if (kind < 2) bytes[at] = dice(256);
    else if (kind === 2) bytes.splice(at, 1 + dice(4));
    else if (kind === 3) bytes.splice(at, 0, ...bytes.slice(at, at + 1 + dice(8)), dice(256));
    else bytes = [...bytes.slice(0, at), ...kept[dice(kept.length)].slice(dice(8))];
  }
  return Uint8Array.from(bytes.slice(0, 512));
}

kept.forEach(run);
for (const place of reached()) seen.add(place);
const end = performance.now() + Number(seconds) * 1000;
let runs = kept.length;
while (performance.now() < end) {
  // Asking takes longer than running: many run before it is asked, and again one by one where there is something new.
  const batch = Array.from({ length: 100 }, changed);
  runs += batch.length;
  batch.forEach(run);
  if (!isNew()) continue;
  for (const input of batch) {
    run(input);
    const places = reached();
    if (places.every((place) => seen.has(place))) continue;
    for (const place of places) seen.add(place);
    kept.push(input);
  }
  // What only many together reach, reached often, is no news either.
  batch.forEach(run);
  for (const place of reached()) seen.add(place);
}
const reachedPlaces = new Set([...seen].map((place) => place.split(" ")[0])).size;
console.log(`holds  ${String(runs).padStart(9)} inputs, ${String(kept.length).padStart(5)} of them kept, ${String(reachedPlaces).padStart(6)} places of js/map.js`);
process.exit(0);
