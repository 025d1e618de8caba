// The one description of the record from which every other library's schema is made: read from the types that the
// package ships, so that it cannot fall behind the record.
import { readFileSync } from "node:fs";

/**
 * @typedef {{ kind: "text" | "day" | "time" | "flag" | "number" }
 *   | { kind: "choice" | "choices", choices: string[] }
 *   | { kind: "rows" | "named", of: Shape }
 *   | { kind: "group", name: string, fields: { [field: string]: Shape } }} Shape
 */

const SIMPLE = /** @type {Record<string, "text" | "day" | "time" | "flag" | "number">} */ ({
  Text: "text",
  Period: "text",
  Day: "day",
  Time: "time",
  Number: "number",
  boolean: "flag",
});

/** @returns {Shape} */
export function shapeOfRecord() {
  const types = readFileSync(new URL("../pkg/cinplan.d.ts", import.meta.url), "utf8").replace(/\/\*[^]*?\*\//g, "");
  const groups = new Map([...types.matchAll(/^export interface (\w+) \{([^}]*)\}/gm)].map(([, name, body]) => [name, body]));
  const choices = new Map([...types.matchAll(/^export type (\w+) = ((?:"[^"]*"(?: \| )?)+);/gm)].map(([, name, list]) => [name, list]));

  /** @param {string} type @returns {Shape} */
  const shape = (type) => {
    const [, outer, inner = type] = /^(\w+)<(.+)>$/.exec(type) ?? [];
    if (outer === "List") return { kind: "rows", of: shape(inner) };
    if (outer === "Named") return { kind: "named", of: shape(inner) };
    const simple = SIMPLE[inner];
    if (outer === "Answer" && simple) return { kind: simple };
    const list = choices.get(inner);
    if (list && (outer === "Answer" || outer === "Choices")) {
      return { kind: outer === "Answer" ? "choice" : "choices", choices: [...list.matchAll(/"([^"]*)"/g)].map(([, one]) => one) };
    }
    const body = groups.get(type);
    if (body === undefined) throw new Error(`The record's types hold one that the bench cannot read: ${type}`);
    const fields = [...body.matchAll(/^\s*(\w+)\?: (.+);$/gm)].map(([, field, type]) => [field, shape(type)]);
    return { kind: "group", name: type, fields: Object.fromEntries(fields) };
  };
  return shape("PlanRecord");
}
