// The shape of the record without any limit, which asks less of the libraries than cinplan asks itself.

/** @import { Shape } from "./shape.mjs" */

/**
 * The types alone: texts, flags, numbers, choices, lists and groups, and how days and times look, without any limit.
 * @param {Shape} shape
 * @returns {Shape}
 */
export function typesOf(shape) {
  switch (shape.kind) {
    case "text":
    case "period":
    case "number":
      return { kind: shape.kind };
    case "day":
      return { kind: "day", spelt: "^\\d{4}-\\d{2}-\\d{2}$" };
    case "time":
      return { kind: "time", spelt: "^\\d{2}:\\d{2}$" };
    case "rows":
    case "named":
      return { kind: shape.kind, of: typesOf(shape.of) };
    case "group":
      return { ...shape, fields: Object.fromEntries(Object.entries(shape.fields).map(([field, below]) => [field, typesOf(below)])) };
    default:
      return shape;
  }
}
