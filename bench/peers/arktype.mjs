// The structure of the record in ArkType.
import { type } from "arktype";

/** @import { Shape } from "../shape.mjs" */

/** @param {Shape} shape @returns {(record: unknown) => boolean} */
export function arktype(shape) {
  const make = /** @type {any} */ (type);
  /** @type {Map<string, any>} */
  const groups = new Map();
  /** @param {Shape} shape @returns {any} */
  const schema = (shape) => {
    switch (shape.kind) {
      case "text":
      case "period":
        return make(shape.most ? `string <= ${shape.most}` : "string");
      case "day":
      case "time":
        return make(new RegExp(shape.spelt));
      case "flag":
        return make("boolean");
      case "number":
        return make(shape.most ? `0 <= number <= ${shape.most}` : "number");
      case "choice":
        return make.enumerated(...shape.choices);
      case "choices":
        return make.enumerated(...shape.choices).array();
      case "rows":
        return shape.most ? schema(shape.of).array().atMostLength(shape.most) : schema(shape.of).array();
      case "named":
        return make({ "[string]": schema(shape.of) });
      case "group": {
        let group = groups.get(shape.name);
        if (!group) {
          const fields = Object.entries(shape.fields).map(([field, below]) => [`${field}?`, schema(below)]);
          groups.set(shape.name, (group = make(Object.fromEntries(fields))));
        }
        return group;
      }
    }
  };
  const root = schema(shape);
  return (record) => !(root(record) instanceof type.errors);
}
