// What cinplan does in each measurement. The report is either all of it, or its findings alone.

/** @import { Form, Options, Validator } from "../pkg/cinplan.js" */

/** @typedef {Pick<typeof import("../pkg/cinplan.js"), "Validator">} Engine */
/** @typedef {[name: string, value: string][]} Pairs */

/**
 * @param {Validator} validator
 * @param {Options} options
 */
export function cinplan(validator, options) {
  const later = /** @type {any} */ (validator);
  const findings = /** @type {Options} */ ({ ...options, parts: ["findings"] });
  /** @param {Pairs} pairs @param {Options} options */
  const fill = (pairs, options) => {
    const form = validator.open(null);
    for (const [name, value] of pairs) form.set(name, value);
    const report = form.report(options);
    form.free();
    return report;
  };
  const fromPairs = /** @type {typeof fill} */ (later.checkPairs ? (pairs, options) => later.checkPairs(pairs, options) : fill);
  /** @param {string} lines @param {Options} options @returns {any[]} */
  const eachLine = (lines, options) => lines.split("\n").map((line) => validator.check(JSON.parse(line), options));
  const fromLines = /** @type {typeof eachLine} */ (later.checkLines ? (lines, options) => later.checkLines(lines, options) : eachLine);
  return {
    findings,
    object: (/** @type {any} */ record, narrow = options) => validator.check(record, narrow),
    pairs: (/** @type {Pairs} */ pairs, narrow = options) => fromPairs(pairs, narrow),
    lines: (/** @type {string} */ lines, narrow = options) => fromLines(lines, narrow),
    /** What is used here, since a package may not have it yet. */
    has: { parts: !("deadlines" in validator.check({}, findings)), pairs: "checkPairs" in later, lines: "checkLines" in later },
  };
}
