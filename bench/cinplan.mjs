// What cinplan does in each measurement.

/** @import { Options, Validator } from "../pkg/cinplan.js" */

/** @typedef {Pick<typeof import("../pkg/cinplan.js"), "Validator">} Engine */
/** @typedef {[name: string, value: string][]} Pairs */

/**
 * @param {Validator} validator
 * @param {Options} options
 */
export function cinplan(validator, options) {
  return {
    object: (/** @type {any} */ record) => validator.check(record, options),
    pairs: (/** @type {Pairs} */ pairs) => validator.checkPairs(pairs, options),
    lines: (/** @type {string} */ lines) => lines.split("\n").map((line) => validator.check(JSON.parse(line), options)),
  };
}
