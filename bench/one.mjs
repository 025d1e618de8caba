// One answer set and the report out, beside what the others need for the whole record.
import { costOfLooking, measure, timed } from "./measure.mjs";

/** @import { Engine } from "./cinplan.mjs" */
/** @import { Edit } from "./edits.mjs" */
/** @import { Effort, Samples } from "./measure.mjs" */
/** @import { Options, Validator } from "../pkg/cinplan.js" */
/** @import { Subject } from "./subjects.mjs" */
/** @import { Others } from "./whole.mjs" */

/** @typedef {Subject & Required<Pick<Subject, "edits">>} Edited */

/**
 * Each kind of edit, and the mix of them.
 * @param {Engine} engine
 * @param {string} procedure
 * @param {Edited} subject
 * @param {Others} others
 * @param {Effort} effort
 * @returns {Promise<Samples>}
 */
export function one(engine, procedure, { plans, edits }, { peers, plain }, effort) {
  const validator = engine.Validator.builtIn(procedure);
  const { record, options } = plans[0].plan;
  const nth = (/** @type {number} */ call) => plans[call % plans.length].plan.record;
  /** @type {{ [contender: string]: (call: number) => unknown }} */
  const contenders = {
    mix: changing(validator, record, edits.mix, options),
    ajv: (call) => peers.ajv(nth(call)),
    zod: (call) => peers.zod(nth(call)),
    plain: (call) => plain(nth(call), options),
  };
  for (const [kind, cycle] of Object.entries(edits.kinds)) contenders[`kind: ${kind}`] = changing(validator, record, cycle, options);
  return measure(contenders, effort);
}

/**
 * Every edit of the mix by itself: medians over the rounds, in nanoseconds. It takes a clock that is at hand at once.
 * @param {Engine} engine
 * @param {string} procedure
 * @param {Edited} subject
 * @param {number} rounds
 */
export async function each(engine, procedure, { plans, edits }, rounds) {
  const { record, options } = plans[0].plan;
  const change = changing(engine.Validator.builtIn(procedure), record, edits.mix, options);
  /** @type {number[][]} */
  const samples = edits.mix.map(() => []);
  const looking = await costOfLooking();
  for (let round = 0; round < rounds; round += 1) {
    for (let at = 0; at < edits.mix.length; at += 1) {
      const took = await timed(change, at, 1);
      // The first rounds warm it up.
      if (round >= rounds / 3) samples[at].push(Math.max(took - looking, 0) * 1e6);
    }
  }
  return samples.map((all) => all.sort((one, other) => one - other)[all.length >> 1]);
}

/**
 * @param {Validator} validator
 * @param {any} record
 * @param {Edit[]} cycle
 * @param {Options} options
 */
function changing(validator, record, cycle, options) {
  const form = validator.open(record);
  return (/** @type {number} */ call) => {
    const [path, text] = cycle[call % cycle.length];
    form.set(path, text);
    return form.report(options);
  };
}
