// The structure of the record in TypeBox, compiled.
import { Type } from "typebox";
import { Compile } from "typebox/compile";

/** @import { Shape } from "../shape.mjs" */

/** @param {Shape} shape @returns {(record: unknown) => boolean} */
export function typebox(shape) {
  /** @param {Shape} shape @returns {any} */
  const schema = (shape) => {
    switch (shape.kind) {
      case "text":
      case "period":
        return Type.String({ ...(shape.most && { maxLength: shape.most }) });
      case "day":
      case "time":
        return Type.String({ pattern: shape.spelt });
      case "flag":
        return Type.Boolean();
      case "number":
        return Type.Number({ ...(shape.most && { minimum: 0, maximum: shape.most }) });
      case "choice":
        return Type.Enum(shape.choices);
      case "choices":
        return Type.Array(Type.Enum(shape.choices));
      case "rows":
        return Type.Array(schema(shape.of), { ...(shape.most && { maxItems: shape.most }) });
      case "named":
        return Type.Record(Type.String(), schema(shape.of));
      case "group": {
        const fields = Object.entries(shape.fields).map(([field, below]) => [field, Type.Optional(schema(below))]);
        return Type.Object(Object.fromEntries(fields));
      }
    }
  };
  const compiled = Compile(schema(shape));
  // Where something is wrong, the faults are listed, as all the others do.
  return (record) => compiled.Check(record) || (compiled.Errors(record), false);
}
