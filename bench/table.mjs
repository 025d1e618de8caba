// What was measured, as ratios: for docs/performance.json and as the tables of docs/performance.md.
import { ratio, spread } from "./measure.mjs";

/** @import { Measured } from "./all.mjs" */
/** @import { Samples, Spread } from "./measure.mjs" */
/** @import { Subjects } from "./subjects.mjs" */

/** @typedef {{ [contender: string]: { ns: number, [ratio: string]: number | Spread } }} Ratios */

/**
 * @param {Samples} samples
 * @param {string[]} references
 * @returns {Ratios}
 */
function ratios(samples, references) {
  const of = (/** @type {string} */ name) => references.filter((other) => other in samples).map((other) => [`to ${other}`, rounded(ratio(samples, name, other))]);
  return Object.fromEntries(Object.keys(samples).map((name) => [name, { ns: Math.round(spread(samples[name]).median), ...Object.fromEntries(of(name)) }]));
}

/** @param {Spread} spread */
function rounded(spread) {
  return /** @type {Spread} */ (Object.fromEntries(Object.entries(spread).map(([name, value]) => [name, Number(value.toPrecision(3))])));
}

/**
 * @param {Subjects} subjects
 * @param {{ [where: string]: Measured }} measured
 */
export function summary({ procedure, subjects }, measured) {
  const records = Object.fromEntries(subjects.map(({ name, pairs, bytes }) => [name, { leaves: pairs.length, bytes }]));
  const where = Object.entries(measured).map(([where, { whole, one, each, growth }]) => [
    where,
    {
      whole: Object.fromEntries(Object.entries(whole).map(([name, samples]) => [name, ratios(samples, ["ajv", "zod", "plain"])])),
      one: Object.fromEntries(Object.entries(one).map(([name, samples]) => [name, ratios(samples, ["ajv", "zod", "plain"])])),
      each: Object.fromEntries(Object.entries(each).map(([name, all]) => [name, distribution(all, one[name])])),
      growth: Object.fromEntries(
        Object.keys(growth).map((name) => [name, { ns: Math.round(spread(growth[name]).median), "to 15": rounded(ratio(growth, name, `${name.split(" ")[0]} 15`)) }]),
      ),
    },
  ]);
  return { procedure, records, where: Object.fromEntries(where) };
}

/**
 * How the edits of the mix lie about, in ajv's time for the whole record.
 * @param {number[]} edits
 * @param {Samples} samples
 */
function distribution(edits, samples) {
  const sorted = [...edits].sort((one, other) => one - other);
  const ajv = spread(samples.ajv).median;
  return Object.fromEntries([10, 25, 50, 75, 90, 99].map((part) => [`p${part}`, Number((sorted[Math.floor((part / 100) * (sorted.length - 1))] / ajv).toPrecision(3))]));
}

/** @param {ReturnType<typeof summary> & { processor: string, versions: Record<string, string> }} result */
export function page({ records, where, versions }) {
  const parts = [
    "# How fast it is",
    "Written by `make bench`, from one run. Each figure is a ratio of two times that were taken in turn, with the quartiles of\nthe rounds; the times themselves belong to the machine. All that was measured is in [performance.json](performance.json).",
    `Compared are ${Object.entries(versions)
      .map(([name, version]) => `${name} ${version}`)
      .join(", ")}, each with the structure of the record alone.`,
  ];
  for (const [name, { whole, one, growth }] of Object.entries(where)) {
    parts.push(`## ${name}`, "### A whole record, to ajv", table(["record", "answers", ...Object.keys(Object.values(whole)[0])], Object.entries(whole).map(([record, all]) => [record, String(records[record].leaves), ...Object.values(all).map((one) => figure(one["to ajv"]))])));
    for (const [record, all] of Object.entries(one)) {
      const others = Object.keys(Object.values(all)[0]).filter((name) => name.startsWith("to "));
      parts.push(`### One answer set and the report out: ${record}`, table(["answer", ...others], Object.entries(all).map(([kind, ratios]) => [kind, ...others.map((other) => figure(ratios[other]))])));
    }
    parts.push("### As the plan grows, to 15 actions", table(["", "ratio"], Object.entries(growth).map(([name, ratios]) => [name, figure(ratios["to 15"])])));
  }
  return `${parts.join("\n\n")}\n`;
}

/** @param {number | Spread} value */
function figure(value) {
  if (typeof value === "number") return String(value);
  const short = (/** @type {number} */ number) => (number < 10 ? number.toPrecision(2) : String(Math.round(number)));
  return `${short(value.median)} (${short(value.low)}–${short(value.high)})`;
}

/** @param {string[]} head @param {string[][]} rows */
function table(head, rows) {
  const line = (/** @type {string[]} */ cells) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map((_, at) => (at ? "---:" : "---"))), ...rows.map(line)].join("\n");
}
