// Every answer that a record can hold, from the types of the package, so that a new field is tried without anybody
// thinking of it.
import { readFileSync } from "node:fs";

/**
 * @typedef {object} Leaf
 * @property {string} path With the first row of each list, and one name in each group of names: `meetings[0].venue`.
 * @property {string} kind What it is read as: `Text`, `Day`, `boolean`, or the name of a type with choices.
 */

/** A question that ships, as the name in a group of names. */
const NAME = "meeting-safety";

/** @returns {Leaf[]} */
export function leaves() {
  const types = readFileSync(new URL("../pkg/cinplan.d.ts", import.meta.url), "utf8");
  /** @type {Map<string, [name: string, type: string][]>} */
  const groups = new Map();
  for (const [, name, body] of types.matchAll(/^export interface (\w+) \{\n(.*?)^\}/gms)) {
    groups.set(name, [...body.matchAll(/^ {4}(\w+)\?: (.+);$/gm)].map(([, field, type]) => [field, type]));
  }
  /** @type {(type: string, path: string) => Leaf[]} */
  const below = (type, path) => {
    const [, wrapper, inner] = /^(List|Named|Answer|Choices)<(\w+)>$/.exec(type) ?? [];
    if (wrapper === "List") return below(inner, `${path}[0]`);
    if (wrapper === "Named") return below(inner, `${path}.${NAME}`);
    if (wrapper) return [{ path, kind: inner }];
    return (groups.get(type) ?? []).flatMap(([name, type]) => below(type, path ? `${path}.${name}` : name));
  };
  return below("PlanRecord", "");
}

/**
 * Puts a value at a path of a record, and makes what is missing on the way.
 * @param {any} record
 * @param {string} path
 * @param {unknown} value
 */
export function put(record, path, value) {
  const steps = path.match(/[^.[\]]+/g) ?? [];
  let here = record;
  for (const [at, step] of steps.entries()) {
    if (at === steps.length - 1) here[step] = value;
    else here = here[step] ??= /^\d/.test(steps[at + 1]) ? [] : {};
  }
  return record;
}
