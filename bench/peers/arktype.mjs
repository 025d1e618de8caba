// The structure of the record in ArkType.
import { type } from "arktype";
import { DAY, TIME } from "./spellings.mjs";

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
        return make("string");
      case "day":
        return make(DAY);
      case "time":
        return make(TIME);
      case "flag":
        return make("boolean");
      case "number":
        return make("number");
      case "choice":
        return make.enumerated(...shape.choices);
      case "choices":
        return make.enumerated(...shape.choices).array();
      case "rows":
        return schema(shape.of).array();
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
