// What holds of every map and every name of a control, made of bytes: tests/node/names.test.mjs thinks up some, and
// fuzz/names.mjs goes on for as long as one likes.
import assert from "node:assert/strict";
import { checkMap, isPath, mappedPlace, namesFor, numberRows, placeAt } from "../js/map.js";

/** @import { NameMap } from "../js/map.js" */
/** @import { Place } from "../js/read.js" */

/** What names and places are made of: pieces that mean something, and some that should not. */
const PIECES = [
  "{n}", "{n*}", "{m}", "{row*}", "{", "}", "{N}", "[n]", "[m]", "[row]", "[0]", "[12]", "[]", "[", "]", "plan", "actions", "who",
  "due_on", "meetings", "invitees", "txtAct", "ctl00$", "_", "-", ".", ":", "-day", "-month", "-year", "0", "1", "01", "12", "007",
  "99999999999999999999", "a1f-77", "key", " ", "\\", "$&", "^", "(", "+)*", "é", "👩", "\u0000", "__proto__", "constructor", "toString",
];

const VALUES = ["1", "yes", true, false, null, 7, {}, [], () => "yes", undefined];

/** Bytes that are taken one after the other; zeros once they are at an end. */
class Bytes {
  #at = 0;

  /** @param {Uint8Array} all */
  constructor(all) {
    this.all = all;
  }

  byte() {
    return this.all[this.#at++] ?? 0;
  }

  /** @template T @param {T[]} from @returns {T} */
  pick(from) {
    return from[this.byte() % from.length];
  }

  /** @param {number} most */
  text(most) {
    let text = "";
    for (let left = this.byte() % (most + 1); left > 0; left -= 1) text += this.pick(PIECES);
    return text;
  }
}

/** A name in a map, as hosts have them or as none would. @param {Bytes} bytes */
function source(bytes) {
  const usual = ["txtAct{n}_Owner", "ctl00$row{n*}$who", "{n}-{m}", "plan_contingency", "due{row*}_{n}"];
  return bytes.byte() & 1 ? bytes.pick(usual) : bytes.text(5);
}

/** A place that the record may have, with rows by number and by name. @param {Bytes} bytes */
function place(bytes) {
  const usual = ["plan.contingency", "plan.actions[n].who", "meetings[n].invitees[m].name", "plan.actions[row].due_on", "meetings[0].venue"];
  return bytes.byte() % 4 ? bytes.pick(usual) : bytes.text(6);
}

/** @param {Bytes} bytes @returns {any} */
function target(bytes) {
  const kind = bytes.byte() % 12;
  if (kind < 8) return place(bytes);
  if (kind === 8) return null;
  if (kind === 9) return bytes.pick(VALUES);
  return { path: place(bytes), values: kind === 10 ? bytes.pick(VALUES) : { [bytes.text(2)]: bytes.pick(VALUES), 1: bytes.pick(VALUES) } };
}

/**
 * Makes a map and names of it, and fails where something does not hold.
 * @param {Uint8Array} input
 * @returns {boolean} Whether the map could be read.
 */
export function hold(input) {
  const bytes = new Bytes(input);
  /** @type {NameMap} */
  const map = {};
  for (let left = 1 + (bytes.byte() % 4); left > 0; left -= 1) {
    // As JSON does it: a name such as __proto__ is a name like any other.
    Object.defineProperty(map, source(bytes), { value: target(bytes), enumerable: true, configurable: true, writable: true });
  }
  try {
    checkMap(map);
  } catch (error) {
    const { code, key, message } = /** @type {Error & { code?: string, key?: string }} */ (error);
    assert.equal(code, "unreadable-map", message);
    assert.ok(key !== undefined && Object.hasOwn(map, key), `${message} names an entry of the map`);
    return false;
  }

  // Names that a page may have: those of the map with keys in place of their wildcards, and others.
  const sources = Object.keys(map);
  const names = Array.from({ length: 1 + (bytes.byte() % 6) }, () => {
    if (bytes.byte() % 4 === 0) return bytes.text(5);
    const filled = bytes.pick(sources).replace(/\{[a-z]+\*?\}/g, () => bytes.pick(["0", "1", "2", "02", "17", "a1f-77", "x"]));
    return filled + bytes.pick(["", "", "", "-day", "-year"]);
  });
  /** @type {Place[]} */
  const places = [];
  for (const name of names) {
    const found = mappedPlace(name, map);
    assert.deepEqual(mappedPlace(name, map), found, "the same each time");
    const known = namesFor(name, map);
    assert.equal(known.length > 0, found !== undefined, `${JSON.stringify(name)} is known by ${known}`);
    // The same by other means: a name answers to what it matches, or to that without the part of a date.
    const plain = name.replace(/-(day|month|year)$/, "");
    const matching = sources.filter((source) => matches(source, name));
    const expected = matching.length || plain === name || plain === "" ? matching : sources.filter((source) => matches(source, plain));
    assert.deepEqual(new Set(known), new Set(expected), `${JSON.stringify(name)} answers to`);
    if (!found) continue;
    assert.ok(expected.some((source) => samePattern(map[source], found)), `${found.path} is a place of ${expected}`);
    places.push(found);
  }

  // Rows are numbered without gaps, and two controls of one row stay together.
  const before = places.map(({ pieces }) => pieces && [...pieces]);
  numberRows(places);
  const taken = new Map();
  places.forEach(({ path, pieces }, at) => {
    assert.ok(isPath(path), `${path} is spelt like a place`);
    assert.deepEqual(pieces, before[at], "pieces stay as they are");
    if (!pieces) return;
    const keys = pieces.map((piece, place) => (place % 2 ? piece.replace(/^0+(?=\d)/, "") : piece)).join("\n");
    assert.equal(taken.get(keys) ?? path, path, "one row has one number");
    taken.set(keys, path);
    for (const [, number] of path.matchAll(/\[(\d+)\]/g)) assert.ok(Number(number) < 10_000, path);
  });
  assert.equal(new Set(taken.values()).size, taken.size, `two rows share a number: ${[...taken.values()]}`);
  return true;
}

/**
 * Whether a name answers to a name of the map, letter by letter.
 * @param {string} source
 * @param {string} name
 * @returns {boolean}
 */
function matches(source, name) {
  const wildcard = /^\{[a-z]+(\*?)\}/.exec(source);
  if (!wildcard) return source === "" ? name === "" : source[0] === name[0] && matches(source.slice(1), name.slice(1));
  const allowed = wildcard[1] ? /[\w-]/ : /\d/;
  for (let taken = 1; taken <= name.length && allowed.test(name[taken - 1]); taken += 1) {
    if (matches(source.slice(wildcard[0].length), name.slice(taken))) return true;
  }
  return false;
}

/**
 * Whether a place is the one that the map says, whatever the numbers of its rows.
 * @param {NameMap[string]} target
 * @param {Place} found
 */
function samePattern(target, { path, pieces }) {
  if (target === null) return false;
  const wanted = placeAt(typeof target === "string" ? target : target.path).path;
  return wanted.replace(/\[[a-z]+\]/g, "[]") === (pieces ? pieces.filter((_, at) => at % 2 === 0).join("[]") : path);
}
