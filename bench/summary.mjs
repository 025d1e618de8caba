// What was measured, as ratios with their spread: docs/performance.json.
import { readFileSync } from "node:fs";
import { cpus } from "node:os";
import { BATCH } from "./batch.mjs";
import { ratio, spread } from "./measure.mjs";

/** @import { Measured } from "./all.mjs" */
/** @import { Samples, Spread } from "./measure.mjs" */
/** @import { Starts } from "./start/starts.mjs" */
/** @import { Subjects } from "./subjects.mjs" */

/** @typedef {{ ns: number, to: { [contender: string]: Spread } }} Figure The median in nanoseconds, and ratios to others. */
/** @typedef {{ [contender: string]: Figure }} Figures */
/** @typedef {ReturnType<typeof summary>} Summary */
/** @typedef {{ measured: Measured, starts: Starts }} Run */

/**
 * @param {Subjects} subjects
 * @param {{ [where: string]: Run }} runs
 */
export function summary({ procedure, subjects }, runs) {
  const records = subjects.map(({ name, plans }) => {
    const answers = Math.round(plans.reduce((sum, { pairs }) => sum + pairs.length, 0) / plans.length);
    const bytes = Math.round(plans.reduce((sum, { plan }) => sum + JSON.stringify(plan.record).length, 0) / plans.length);
    return [name, { answers, bytes }];
  });
  return {
    processor: cpus()[0].model.trim(),
    versions: versions(),
    procedure,
    records: Object.fromEntries(records),
    where: map(runs, ({ measured: { whole, one, each, batch, growth }, starts }) => ({
      whole: map(whole, (samples) => figures(samples, ["ajv", "zod", "plain"])),
      one: map(one, (samples) => figures(samples, ["ajv", "zod", "plain"])),
      each: map(each, (edits, name) => distribution(edits, one[name])),
      batch: map(batch, (samples) => map(figures(samples, ["JSON.parse", "JSON.parse and ajv"]), (figure) => ({ ...figure, "plans a second": Math.round(1e9 / (figure.ns / BATCH)) }))),
      growth: grown(growth),
      start: map(starts, (samples) => figures(samples, ["ajv", "zod"])),
    })),
  };
}

/** @returns {Record<string, string>} */
function versions() {
  const { packages } = JSON.parse(readFileSync(new URL("../package-lock.json", import.meta.url), "utf8"));
  return Object.fromEntries(["ajv", "zod", "valibot", "typebox", "arktype"].map((name) => [name, packages[`node_modules/${name}`].version]));
}

/**
 * @template T, U
 * @param {{ [name: string]: T }} all
 * @param {(one: T, name: string) => U} change
 * @returns {{ [name: string]: U }}
 */
function map(all, change) {
  return Object.fromEntries(Object.entries(all).map(([name, one]) => [name, change(one, name)]));
}

/**
 * @param {Samples} samples
 * @param {string[]} references
 * @returns {Figures}
 */
function figures(samples, references) {
  return map(samples, (all, name) => ({
    ns: Math.round(spread(all).median),
    to: Object.fromEntries(references.map((other) => [other, rounded(ratio(samples, name, other))])),
  }));
}

/** To the smallest plan. @param {Samples} samples */
function grown(samples) {
  return map(samples, (all, name) => ({ ns: Math.round(spread(all).median), to: { 15: rounded(ratio(samples, name, `${name.split(" ")[0]} 15`)) } }));
}

/** @param {Spread} spread @returns {Spread} */
function rounded({ median, low, high }) {
  const [a, b, c] = [median, low, high].map((value) => Number(value.toPrecision(3)));
  return { median: a, low: b, high: c };
}

/**
 * How the edits of the mix lie about, in the time that ajv takes for the whole record.
 * @param {number[]} edits
 * @param {Samples} samples
 */
function distribution(edits, samples) {
  const sorted = [...edits].sort((one, other) => one - other);
  const ajv = spread(samples.ajv).median;
  return Object.fromEntries([10, 25, 50, 75, 90, 99].map((part) => [part, Number((sorted[Math.floor((part / 100) * (sorted.length - 1))] / ajv).toPrecision(3))]));
}
