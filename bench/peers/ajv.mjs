// The structure of the record in ajv: a JSON Schema with a definition for each group, compiled.
import { Ajv } from "ajv";

/** @import { Shape } from "../shape.mjs" */

/** @param {Shape} shape @returns {(record: unknown) => boolean} */
export function ajv(shape) {
  /** @type {Record<string, object>} */
  const $defs = {};
  /** @param {Shape} shape @returns {object} */
  const schema = (shape) => {
    switch (shape.kind) {
      case "text":
      case "period":
        return { type: "string", ...(shape.most && { maxLength: shape.most }) };
      case "day":
      case "time":
        return { type: "string", pattern: shape.spelt };
      case "flag":
        return { type: "boolean" };
      case "number":
        return { type: "number", ...(shape.most && { minimum: 0, maximum: shape.most }) };
      case "choice":
        return { enum: shape.choices };
      case "choices":
        return { type: "array", items: { enum: shape.choices } };
      case "rows":
        return { type: "array", items: schema(shape.of), ...(shape.most && { maxItems: shape.most }) };
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
  // Every fault is told, as all the others do. Lengths are counted as the others count them, which is faster.
  return new Ajv({ allErrors: true, unicode: false, logger: false }).compile({ ...root, $defs });
}
