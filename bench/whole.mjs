// A whole record at once: cinplan with all rules of a manual, the libraries with the structure alone, forty rules in plain
// JavaScript, and a deep copy.
import { cinplan } from "./cinplan.mjs";
import { measure } from "./measure.mjs";

/** @import { Engine } from "./cinplan.mjs" */
/** @import { Options } from "../pkg/cinplan.js" */
/** @import { Effort, Samples } from "./measure.mjs" */
/** @import { Subject } from "./subjects.mjs" */

/**
 * @typedef {object} Others Everything that is timed beside cinplan.
 * @property {{ [peer: string]: (record: unknown) => boolean }} peers
 * @property {(record: any, options: Options) => unknown[]} plain Forty rules in plain JavaScript.
 */

/**
 * @param {Engine} engine
 * @param {string} procedure
 * @param {Subject} subject
 * @param {Others} others
 * @param {Effort} effort
 * @returns {Promise<Samples>}
 */
export async function whole(engine, procedure, { plans }, { peers, plain }, effort) {
  const validator = engine.Validator.builtIn(procedure);
  const { options } = plans[0].plan;
  const { object, pairs } = cinplan(validator, options);
  const nth = (/** @type {number} */ call) => plans[call % plans.length];
  const record = (/** @type {number} */ call) => nth(call).plan.record;
  /** @type {{ [contender: string]: (call: number) => unknown }} */
  const contenders = {
    object: (call) => object(record(call)),
    pairs: (call) => pairs(nth(call).pairs),
    plain: (call) => plain(record(call), options),
    structuredClone: (call) => structuredClone(record(call)),
  };
  for (const [name, accepts] of Object.entries(peers)) contenders[name] = (call) => accepts(record(call));
  const samples = await measure(contenders, effort);
  validator.free();
  return samples;
}
