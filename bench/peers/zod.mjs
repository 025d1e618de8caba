// The structure of the record in zod.
import * as z from "zod";

/** @import { Shape } from "../shape.mjs" */

/** @param {Shape} shape @returns {(record: unknown) => boolean} */
export function zod(shape) {
  /** @type {Map<string, z.ZodType>} */
  const groups = new Map();
  /** @param {Shape} shape @returns {z.ZodType} */
  const schema = (shape) => {
    switch (shape.kind) {
      case "text":
      case "period":
        return shape.most ? z.string().max(shape.most) : z.string();
      case "day":
      case "time":
        return z.string().regex(new RegExp(shape.spelt));
      case "flag":
        return z.boolean();
      case "number":
        return shape.most ? z.number().min(0).max(shape.most) : z.number();
      case "choice":
        return z.enum(shape.choices);
      case "choices":
        return z.array(z.enum(shape.choices));
      case "rows":
        return shape.most ? z.array(schema(shape.of)).max(shape.most) : z.array(schema(shape.of));
      case "named":
        return z.record(z.string(), schema(shape.of));
      case "group": {
        let group = groups.get(shape.name);
        if (!group) {
          const fields = Object.entries(shape.fields).map(([field, below]) => [field, schema(below).optional()]);
          groups.set(shape.name, (group = z.object(Object.fromEntries(fields))));
        }
        return group;
      }
    }
  };
  const root = schema(shape);
  return (record) => root.safeParse(record).success;
}
