// The one description of the record from which every other library's schema is made: read from where the record itself is
// declared, so that it cannot fall behind.
import { readFileSync } from "node:fs";

/**
 * @typedef {{ kind: "text" | "period", most?: number }
 *   | { kind: "number", most?: number }
 *   | { kind: "day" | "time", spelt: string }
 *   | { kind: "flag" }
 *   | { kind: "choice" | "choices", choices: string[] }
 *   | { kind: "rows", of: Shape, most?: number }
 *   | { kind: "named", of: Shape }
 *   | { kind: "group", name: string, fields: { [field: string]: Shape } }} Shape
 * `most` is the length of a text in characters, of a list in rows, and the largest number; the least is 0. `spelt` is a
 * regular expression.
 */

/** A day that there is, from 1900 on, and a time of day, as the records of the bench spell them. */
const DAY =
  "^(?:19|20|21)\\d\\d-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\\d|30)|02-(?:0[1-9]|1\\d|2[0-8]))$" +
  "|^(?:19|20|21)(?:0[48]|[2468][048]|[13579][26])-02-29$|^2000-02-29$";
const TIME = "^(?:[01]\\d|2[0-3]):[0-5]\\d$";

/** What an answer may be and how much of it there may be, as `src/size.rs` has it. */
const ANSWERS = /** @type {Record<string, Shape>} */ ({
  Text: { kind: "text", most: 10_000 },
  Name: { kind: "text", most: 200 },
  Period: { kind: "period" },
  Score: { kind: "number", most: 10 },
  Years: { kind: "number", most: 70 },
  Day: { kind: "day", spelt: DAY },
  Time: { kind: "time", spelt: TIME },
  bool: { kind: "flag" },
});
const ROWS = 2000;

/**
 * The record with its limits: what cinplan's own rules about readable answers and their size ask.
 * @returns {Shape}
 */
export function shapeOfRecord() {
  const { groups, choices } = declared();
  /** @param {string} type @returns {Shape} */
  const shape = (type) => {
    const [, open, inner] = /^(\[|\{|<|Choices<)(\w+)[\]}>]$/.exec(type) ?? [, "", type];
    if (open === "[") return { kind: "rows", of: shape(inner), most: ROWS };
    if (open === "<") return { kind: "named", of: shape(inner) };
    const list = choices.get(inner);
    if (list) return { kind: open ? "choices" : "choice", choices: list };
    const fields = groups.get(inner);
    if (fields) return { kind: "group", name: inner, fields: Object.fromEntries(fields.map(([field, type]) => [field, shape(type)])) };
    if (inner in ANSWERS) return ANSWERS[inner];
    throw new Error(`The record holds a kind of answer that the bench does not know: ${type}`);
  };
  return shape("Record");
}

/** The groups and choices of the record, by name. */
function declared() {
  /** @type {Map<string, [field: string, type: string][]>} */
  const groups = new Map();
  /** @type {Map<string, string[]>} */
  const choices = new Map();
  let name = "";
  for (const line of readFileSync(new URL("../src/record.rs", import.meta.url), "utf8").split("\n")) {
    const [, group] = /^ {4}(\w+) \{$/.exec(line) ?? [];
    const [, field, type] = /^ {8}(\w+): (\S+),$/.exec(line) ?? [];
    const [, spelling] = /^ {8}\w+ = "(.+)",$/.exec(line) ?? [];
    if (group) name = group;
    if (field) groups.set(name, [...(groups.get(name) ?? []), [field, type]]);
    if (spelling) choices.set(name, [...(choices.get(name) ?? []), spelling]);
  }
  return { groups, choices };
}
