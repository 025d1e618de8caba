// The structure of the record in valibot.
import * as v from "valibot";

/** @import { Shape } from "../shape.mjs" */
/** @typedef {v.GenericSchema<any>} Schema */

/** @param {Shape} shape @returns {(record: unknown) => boolean} */
export function valibot(shape) {
  /** @type {Map<string, Schema>} */
  const groups = new Map();
  /** @param {Shape} shape @returns {Schema} */
  const schema = (shape) => {
    switch (shape.kind) {
      case "text":
      case "period":
        return shape.most ? v.pipe(v.string(), v.maxLength(shape.most)) : v.string();
      case "day":
      case "time":
        return v.pipe(v.string(), v.regex(new RegExp(shape.spelt)));
      case "flag":
        return v.boolean();
      case "number":
        return shape.most ? v.pipe(v.number(), v.minValue(0), v.maxValue(shape.most)) : v.number();
      case "choice":
        return v.picklist(shape.choices);
      case "choices":
        return v.array(v.picklist(shape.choices));
      case "rows":
        return shape.most ? v.pipe(v.array(schema(shape.of)), v.maxLength(shape.most)) : v.array(schema(shape.of));
      case "named":
        return v.record(v.string(), schema(shape.of));
      case "group": {
        let group = groups.get(shape.name);
        if (!group) {
          const fields = Object.entries(shape.fields).map(([field, below]) => [field, v.optional(schema(below))]);
          groups.set(shape.name, (group = v.object(Object.fromEntries(fields))));
        }
        return group;
      }
    }
  };
  const root = schema(shape);
  return (record) => v.safeParse(root, record).success;
}
