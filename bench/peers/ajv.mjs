// The structure of the record in ajv: a JSON Schema with a definition for each group, compiled.
import { Ajv } from "ajv";
import { DAY, TIME } from "./spellings.mjs";

/** @import { Shape } from "../shape.mjs" */

/** @param {Shape} shape @returns {(record: unknown) => boolean} */
export function ajv(shape) {
  /** @type {Record<string, object>} */
  const $defs = {};
  /** @param {Shape} shape @returns {object} */
  const schema = (shape) => {
    switch (shape.kind) {
      case "text":
        return { type: "string" };
      case "day":
        return { type: "string", pattern: DAY.source };
      case "time":
        return { type: "string", pattern: TIME.source };
      case "flag":
        return { type: "boolean" };
      case "number":
        return { type: "number" };
      case "choice":
        return { enum: shape.choices };
      case "choices":
        return { type: "array", items: { enum: shape.choices } };
      case "rows":
        return { type: "array", items: schema(shape.of) };
      case "named":
        return { type: "object", additionalProperties: schema(shape.of) };
      case "group": {
        const fields = Object.entries(shape.fields).map(([field, below]) => [field, schema(below)]);
        $defs[shape.name] ??= { type: "object", properties: Object.fromEntries(fields) };
        return { $ref: `#/$defs/${shape.name}` };
      }
    }
  };
  const root = schema(shape);
  // Every fault is told, as all the others do.
  return new Ajv({ allErrors: true }).compile({ ...root, $defs });
}
