// A whole record at once: cinplan with all rules of a manual, the libraries with the structure alone, forty rules in plain
// JavaScript, and a deep copy.
import { cinplan } from "./cinplan.mjs";
import { measure } from "./measure.mjs";

/** @import { Engine, Pairs } from "./cinplan.mjs" */
/** @import { Options } from "../pkg/cinplan.js" */
/** @import { Plan } from "./records.mjs" */
/** @import { Samples } from "./measure.mjs" */

/**
 * @typedef {object} Others Everything that is timed beside cinplan.
 * @property {{ [peer: string]: (record: unknown) => boolean }} peers
 * @property {(record: any, options: Options) => unknown[]} [plain] Forty rules in plain JavaScript.
 */

/**
 * @param {Engine} engine
 * @param {string} procedure
 * @param {{ plan: Plan, pairs: Pairs }} subject
 * @param {Others} others
 * @param {Parameters<typeof measure>[1]} effort
 * @returns {Samples}
 */
export function whole(engine, procedure, { plan: { record, options }, pairs }, { peers, plain }, effort) {
  const validator = engine.Validator.builtIn(procedure);
  const { findings, object, pairs: fromPairs, has } = cinplan(validator, options);
  /** @type {{ [contender: string]: () => unknown }} */
  const contenders = {
    object: () => object(record),
    pairs: () => fromPairs(pairs),
    structuredClone: () => structuredClone(record),
  };
  if (plain) contenders.plain = () => plain(record, options);
  if (has.parts) {
    contenders["object, findings"] = () => object(record, findings);
    contenders["pairs, findings"] = () => fromPairs(pairs, findings);
  }
  for (const [name, accepts] of Object.entries(peers)) contenders[name] = () => accepts(record);
  const samples = measure(contenders, effort);
  validator.free();
  return samples;
}
