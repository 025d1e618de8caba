// docs/performance.md: the prose of bench/performance.md with the figures in its places.

/** @import { Spread } from "./measure.mjs" */
/** @import { Summary } from "./summary.mjs" */

/**
 * @param {string} text With a line `{{name}}` for each table.
 * @param {Summary} result
 */
export function page(text, result) {
  const tables = /** @type {Record<string, () => string>} */ ({
    versions: () => Object.entries(result.versions).map(([name, version]) => `${name} ${version}`).join(", "),
    aims: () => aims(result),
    whole: () => each(result, (at) => whole(result, at)),
    one: () => each(result, one),
    growth: () => each(result, growth),
    start: () => each(result, start),
    batch: () => each(result, batch),
  });
  return text.replace(/\{\{(\w+)\}\}/g, (_, name) => tables[name]());
}

/** @typedef {Summary["where"][string]} Where */

/** @param {Summary} result @param {(at: Where) => string} table */
function each({ where }, table) {
  return Object.entries(where).map(([name, at]) => `**${name}**\n\n${table(at)}`).join("\n\n");
}

const EVERYDAY = "middle, none";

/** What is aimed at, and how far it is. @param {Summary} result */
export function aims({ where }) {
  const names = Object.keys(where);
  /** @type {[aim: string, limit: string, figure: (at: Where) => string][]} */
  const aims = [
    ["one answer set and the report out, to ajv's whole record", "0.12", ({ one }) => ratio(one[EVERYDAY].mix.to.ajv)],
    ["the same, to zod's whole record", "0.04", ({ one }) => ratio(one[EVERYDAY].mix.to.zod)],
    ["the same, to forty rules in plain JavaScript", "0.25", ({ one }) => ratio(one[EVERYDAY].mix.to.plain)],
    ["a whole form from pairs, all rules, to ajv", "1.3", ({ whole }) => ratio(whole[EVERYDAY].pairs.to.ajv)],
    ["the same, to zod", "0.5", ({ whole }) => ratio(whole[EVERYDAY].pairs.to.zod)],
    ["an object of a whole record, to ajv", "5", ({ whole }) => ratio(whole[EVERYDAY].object.to.ajv)],
    ["plans a second on one core, from pairs", "20,000", ({ batch }) => batch["middle, few"].pairs["plans a second"].toLocaleString("en-GB")],
    ["plans a second on one core, from lines", "20,000", ({ batch }) => batch["middle, few"].lines["plans a second"].toLocaleString("en-GB")],
    ["load, init and first report, milliseconds", "15 in Node.js, 30 in Chromium", ({ start }) => `${(start.clock.cinplan.ns / 1e6).toFixed(0)}, ${(start.processor.cinplan.ns / 1e6).toFixed(0)} of the processor`],
  ];
  const rows = aims.map(([aim, limit, figure]) => [aim, limit, ...names.map((name) => figure(where[name]))]);
  return table(["", "aim", ...names], rows);
}

/** @param {Summary} result @param {Where} at */
function whole({ records }, { whole }) {
  const contenders = Object.keys(Object.values(whole)[0]).filter((name) => name !== "ajv");
  const rows = Object.entries(whole).map(([name, figures]) => [name, String(records[name].answers), ...contenders.map((one) => ratio(figures[one].to.ajv))]);
  return table(["record", "answers", ...contenders], rows);
}

/** @param {Where} at */
function one({ one, each }) {
  const sizes = Object.keys(one);
  const kinds = [...new Set(Object.values(one).flatMap(Object.keys))].filter((name) => !["ajv", "zod", "plain"].includes(name));
  const rows = kinds.map((kind) => [kind.replace("kind: ", ""), ...sizes.map((size) => (one[size][kind] ? ratio(one[size][kind].to.ajv) : ""))]);
  const others = ["zod", "plain"].map((name) => [`for comparison: ${name}, whole record`, ...sizes.map((size) => ratio(one[size][name].to.ajv))]);
  const spreads = Object.keys(each).length
    ? `\n\nThe edits of the mix one by one, in the same measure:\n\n${table(["", ...sizes], Object.keys(Object.values(each)[0]).map((part) => [`${part} in 100 are below`, ...sizes.map((size) => short(each[size][part]))]))}`
    : "";
  return table(["answer", ...sizes], [...rows, ...others]) + spreads;
}

/** @param {Where} at */
function growth({ growth }) {
  const names = { text: "text of an action", day: "day of an action", whole: "whole record" };
  const counts = [...new Set(Object.keys(growth).map((name) => name.split(" ")[1]))];
  return table(["", ...counts.map((count) => `${count} actions`)], Object.entries(names).map(([key, name]) => [name, ...counts.map((count) => ratio(growth[`${key} ${count}`].to[15]))]));
}

/** @param {Where} at */
function start({ start }) {
  const ms = (/** @type {{ ns: number }} */ { ns }) => (ns / 1e6).toFixed(0);
  const rows = Object.entries(start.clock).map(([name, clock]) => [name, ratio(clock.to.ajv), ratio(clock.to.zod), ms(clock), ms(start.processor[name])]);
  return table(["", "to ajv", "to zod", "ms", "ms of the processor"], rows);
}

/** @param {Where} at */
function batch({ batch }) {
  const sizes = Object.keys(batch);
  return table(["", ...sizes], Object.keys(batch[sizes[0]]).map((name) => [name, ...sizes.map((size) => ratio(batch[size][name].to["JSON.parse and ajv"]))]));
}

/** @param {Spread} spread */
const ratio = ({ median, low, high }) => (low === 1 && high === 1 ? "1" : `${short(median)} (${short(low)} to ${short(high)})`);

/** @param {number} value */
const short = (value) => (value < 10 ? value.toPrecision(2) : Math.round(value).toLocaleString("en-GB"));

/** @param {string[]} head @param {string[][]} rows */
function table(head, rows) {
  const line = (/** @type {string[]} */ cells) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map((_, at) => (at ? "---:" : "---"))), ...rows.map(line)].join("\n");
}
