// The answers of a record: where each stands, what it is by the record's shape, and how it is changed.

/** @import { Shape } from "./shape.mjs" */

/**
 * @typedef {{ path: string, shape: Shape, value: any, holder: any, key: string | number }} Leaf
 */

/**
 * Every answer that is there, in the order of the record.
 * @param {any} value
 * @param {Shape} shape
 * @returns {Generator<Leaf>}
 */
export function* leaves(value, shape, path = "", /** @type {any} */ holder = null, /** @type {string | number} */ key = "") {
  if (shape.kind === "group" || shape.kind === "named") {
    for (const [field, below] of Object.entries(value)) {
      const at = "of" in shape ? shape.of : shape.fields[field];
      if (at) yield* leaves(below, at, path ? `${path}.${field}` : field, value, field);
    }
  } else if (shape.kind === "rows") {
    for (const [row, below] of value.entries()) yield* leaves(below, shape.of, `${path}[${row}]`, value, row);
  } else if (shape.kind === "choices") {
    const of = /** @type {Shape} */ ({ kind: "choice", choices: shape.choices });
    for (const [row, below] of value.entries()) yield* leaves(below, of, `${path}[${row}]`, value, row);
  } else {
    yield { path, shape, value, holder, key };
  }
}

/**
 * A record as a form gives it: the name of each control and the text in it.
 * @param {any} record
 * @param {Shape} shape
 * @returns {[string, string][]}
 */
export function pairs(record, shape) {
  return Array.from(leaves(record, shape), ({ path, value }) => [path, typeof value === "boolean" ? (value ? "yes" : "no") : String(value)]);
}
