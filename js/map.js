// A host's own names for its controls, and where they belong in the record.
//
// A map is read once and held against each name. What is wrong in it is an error that says where: a name that leads
// nowhere would leave an answer out of every check, unseen.

/** @import { Place } from "./read.js" */

/**
 * The meaning of what a control holds: by each of its values, or worked out from what was typed. `null` stands for no
 * answer. A value that is not named means what it says.
 * @typedef {Record<string, string | boolean | null> | ((typed: string) => string | boolean | null)} Values
 */

/**
 * Where a control of the host belongs: a place, or a place with the meaning of its values. `null` keeps a control out
 * of the record.
 * @typedef {string | null | { path: string, values?: Values }} Target
 */

/**
 * The host's control names and where they belong. `{n}` in a name stands for a number, and `[n]` in its place for the
 * row: `{ "txtAct{n}_Owner": "plan.actions[n].who" }`. Rows may be numbered from any start and with gaps; their order
 * counts. `{n*}` stands for any key, such as those of a database, and there the order of the page counts. A map is not
 * changed after its first use.
 * @typedef {Record<string, Target>} NameMap
 */

/**
 * Anything that knows which places a record has, as a `Validator` does.
 * @typedef {{ open(record: undefined): { set(path: string, value: unknown): boolean, free?: () => void } }} Knowing
 */

const PATH = /^[a-z][a-z0-9_]*(?:\[\d{1,4}\]|\.[a-z][a-z0-9_-]*)+$/;
const DATE_PART = /^(.+)-(day|month|year)$/;
const WILDCARD = /\{([a-z]+)(\*?)\}/;
const ROW = /\[([a-z]+)\]/;

/**
 * Whether a text is spelt like a place of the record.
 * @param {string} path
 */
export const isPath = (path) => PATH.test(path);

/**
 * @param {string} path May end in the part of a date, or in `[]` for several choices.
 * @returns {Place}
 */
export function placeAt(path) {
  if (path.endsWith("[]")) return { path: path.slice(0, -2), list: true };
  const date = DATE_PART.exec(path);
  return date ? { path: date[1], part: /** @type {Place["part"]} */ (date[2]) } : { path };
}

/**
 * @param {string} name
 * @param {NameMap} map
 * @returns {Place | null | undefined} `null` where the map keeps the control out, `undefined` where it does not know it.
 */
export function mappedPlace(name, map) {
  const exact = lookUp(name, map);
  if (exact !== undefined) return exact;
  const date = DATE_PART.exec(name);
  const base = date ? lookUp(date[1], map) : undefined;
  return date && base ? { ...base, part: /** @type {Place["part"]} */ (date[2]) } : base;
}

/**
 * The names of a map that a control's name answers to; a map should have one for each.
 * @param {string} name
 * @param {NameMap} map
 */
export function namesFor(name, map) {
  const all = [...compiled(map).values()].flat();
  const base = DATE_PART.exec(name)?.[1];
  const exact = all.filter((pattern) => pattern.name.test(name));
  return (exact.length || !base ? exact : all.filter((pattern) => pattern.name.test(base))).map(({ source }) => source);
}

/**
 * Reads a map, so that what is wrong in it is told at once.
 * @param {NameMap} map
 * @param {object} [checker] What the form is checked with. Where it knows the places of a record, so must the map.
 * @throws {Error} With the code `unreadable-map`, and the `key` where there is one.
 */
export function checkMap(map, checker = {}) {
  const patterns = [...compiled(map).values()].flat();
  const isKnown = "open" in checker ? knownPlaces(/** @type {Knowing} */ (checker)) : () => true;
  for (const { source, target } of patterns) {
    const path = target && placeAt(pathOf(target)).path;
    if (path && !isKnown(path)) throw unreadable(source, `the record has no place ${path}`);
  }
}

/**
 * A test for places that a record has.
 * @param {Knowing} knowing
 * @returns {(path: string) => boolean}
 */
export function knownPlaces(knowing) {
  return (path) => {
    const form = knowing.open(undefined);
    const isKnown = form.set(path.replace(/\[[a-z]*\]/g, "[0]"), null);
    form.free?.();
    return isKnown;
  };
}

/**
 * A map from an attribute: JSON, or the id of an element that holds it.
 * @param {string} text
 * @param {Document | ShadowRoot} root Where the element is looked for; then in the page.
 * @returns {NameMap}
 */
export function parseMap(text, root) {
  const isJson = text.trim().startsWith("{");
  const holder = isJson ? null : (root.getElementById(text.trim()) ?? document.getElementById(text.trim()));
  if (!isJson && !holder) throw unreadable("", `it is neither JSON nor the id of an element: ${text.slice(0, 40)}`);
  try {
    return JSON.parse(holder ? (holder.textContent ?? "") : text);
  } catch (error) {
    const where = holder ? `the JSON in #${holder.id}` : "the JSON";
    throw unreadable("", `${where} cannot be read: ${/** @type {Error} */ (error).message}`, error);
  }
}

/**
 * @typedef {object} Pattern
 * @property {string} source The name as it stands in the map.
 * @property {RegExp} name
 * @property {string[]} rows The names of its wildcards, in order.
 * @property {Target} target
 */

/** Patterns by what a name looks like without its numbers; those that match any key under "". */
/** @type {WeakMap<NameMap, Map<string, Pattern[]>>} */
const maps = new WeakMap();

/** @param {NameMap} map */
function compiled(map) {
  const known = typeof map === "object" && map && maps.get(map);
  if (known) return known;
  const patterns = compile(map);
  maps.set(map, patterns);
  return patterns;
}

/**
 * @param {string} name
 * @param {NameMap} map
 * @returns {Place | null | undefined}
 */
function lookUp(name, map) {
  const patterns = compiled(map);
  for (const key of [withoutNumbers(name), ""]) {
    for (const pattern of patterns.get(key) ?? []) {
      const keys = pattern.name.exec(name)?.slice(1);
      if (keys) return placeInMap(pattern, keys);
    }
  }
  return undefined;
}

/**
 * Patterns by their name without its numbers, so that a name is held against the few that can match it.
 * @param {NameMap} map
 */
function compile(map) {
  if (typeof map !== "object" || map === null || Array.isArray(map)) {
    throw unreadable("", "it must be an object, from the names of controls to places of the record");
  }
  /** @type {Map<string, Pattern[]>} */
  const patterns = new Map();
  for (const [source, target] of Object.entries(map)) {
    const pieces = source.split(WILDCARD);
    const rows = pieces.filter((_, at) => at % 3 === 1);
    checkEntry(source, rows, target);
    const isLoose = pieces.some((piece, at) => at % 3 === 2 && piece === "*");
    const expression = pieces
      .map((piece, at) => {
        if (at % 3 === 0) return piece.replace(/[^\w]/g, "\\$&");
        return at % 3 === 1 ? (pieces[at + 1] ? "([\\w-]+)" : "(\\d+)") : "";
      })
      .join("");
    const key = isLoose ? "" : withoutNumbers(pieces.map((piece, at) => (at % 3 === 0 ? piece : at % 3 === 1 ? "0" : "")).join(""));
    const pattern = { source, name: new RegExp(`^${expression}$`), rows, target };
    patterns.set(key, [...(patterns.get(key) ?? []), pattern]);
  }
  return patterns;
}

/**
 * @param {string} source
 * @param {string[]} wildcards
 * @param {Target} target
 */
function checkEntry(source, wildcards, target) {
  const twice = wildcards.find((wildcard, at) => wildcards.indexOf(wildcard) !== at);
  if (twice) throw unreadable(source, `the name has {${twice}} twice`);
  if (target === null) return;
  const path = pathOf(target);
  if (typeof path !== "string") {
    throw unreadable(source, "its place must be a text, null to keep the control out, or { path, values }");
  }
  const missing = [...path.matchAll(new RegExp(ROW, "g"))].find(([, row]) => !wildcards.includes(row));
  if (missing) throw unreadable(source, `its place ${path} has [${missing[1]}], and the name has no {${missing[1]}}`);
  if (!isPath(placeAt(path.replace(new RegExp(ROW, "g"), "[0]")).path)) {
    throw unreadable(source, `${path || "an empty text"} is not spelt like a place: plan.contingency, plan.actions[n].who`);
  }
  const values = typeof target === "string" ? undefined : target.values;
  if (values === undefined || typeof values === "function") return;
  const odd = typeof values === "object" && values && Object.entries(values).find(([, value]) => !isMeaning(value));
  if (odd) throw unreadable(source, `the value ${JSON.stringify(odd[0])} must mean a text, true, false or null`);
  if (!values || typeof values !== "object" || Array.isArray(values)) {
    throw unreadable(source, "its values must be an object or a function");
  }
}

/** @param {unknown} value */
const isMeaning = (value) => value === null || typeof value === "string" || typeof value === "boolean";

/** @param {NonNullable<Target>} target */
const pathOf = (target) => (typeof target === "string" ? target : target?.path);

/** @param {string} name */
const withoutNumbers = (name) => name.replace(/\d+/g, "0");

/**
 * @param {Pattern} pattern
 * @param {string[]} keys
 * @returns {Place | null}
 */
function placeInMap({ rows, target }, keys) {
  if (target === null) return null;
  const place = { ...placeAt(pathOf(target)), values: typeof target === "string" ? undefined : target.values };
  if (!rows.length) return place;
  return { ...place, pieces: place.path.split(ROW).map((piece, at) => (at % 2 ? keys[rows.indexOf(piece)] : piece)) };
}

/**
 * Gives each mapped row its index: the rank of its key among the rows of its list. Hosts count from 0, from 1, from 2 as
 * old grids do, or by the keys of their database.
 * @param {Place[]} places
 */
export function numberRows(places) {
  /** @type {Map<string, Set<string>>} */
  const lists = new Map();
  const rowsOf = (/** @type {string[]} */ pieces, /** @type {number} */ at) => {
    // Rows within one row are one list, in whatever way its key is written.
    const list = pieces.slice(0, at).map((piece, at) => (at % 2 ? plain(piece) : piece)).join("\n");
    const rows = lists.get(list) ?? new Set();
    lists.set(list, rows);
    return rows;
  };
  for (const { pieces } of places) {
    pieces?.forEach((key, at) => at % 2 && rowsOf(pieces, at).add(plain(key)));
  }
  const ranks = new Map([...lists.values()].map((rows) => [rows, new Map(inOrder(rows).map((key, rank) => [key, rank]))]));
  for (const place of places) {
    const { pieces } = place;
    if (!pieces) continue;
    place.path = pieces
      .map((piece, at) => (at % 2 ? `[${ranks.get(rowsOf(pieces, at))?.get(plain(piece))}]` : piece))
      .join("");
  }
}

/** `ctl02` and `ctl2` are one row. @param {string} key */
const plain = (key) => key.replace(/^0+(?=\d)/, "");

/**
 * Numbers by their size, however long; other keys as they come.
 * @param {Set<string>} keys
 */
function inOrder(keys) {
  const all = [...keys];
  if (!all.every((key) => /^\d+$/.test(key))) return all;
  return all.sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
}

/**
 * @param {string} key
 * @param {string} problem
 * @param {unknown} [cause]
 */
function unreadable(key, problem, cause) {
  const message = key ? `map: ${JSON.stringify(key)}: ${problem}` : `map: ${problem}`;
  return Object.assign(new Error(message, cause ? { cause } : undefined), { code: "unreadable-map", key });
}
