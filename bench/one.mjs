// One answer set and the report out, beside what the others need for the whole record.
import { cinplan } from "./cinplan.mjs";
import { measure } from "./measure.mjs";

/** @import { Engine } from "./cinplan.mjs" */
/** @import { Edit, Edits } from "./edits.mjs" */
/** @import { Samples } from "./measure.mjs" */
/** @import { Options } from "../pkg/cinplan.js" */
/** @import { Plan } from "./records.mjs" */
/** @import { Others } from "./whole.mjs" */

/**
 * Each kind of edit, and the mix of them.
 * @param {Engine} engine
 * @param {string} procedure
 * @param {{ plan: Plan, edits: { kinds: Edits, mix: Edit[] } }} subject
 * @param {Others} others
 * @param {Parameters<typeof measure>[1]} effort
 * @returns {Samples}
 */
export function one(engine, procedure, { plan: { record, options }, edits }, { peers, plain }, effort) {
  const validator = engine.Validator.builtIn(procedure);
  const { findings, has } = cinplan(validator, options);
  /** @type {{ [contender: string]: (call: number) => unknown }} */
  const contenders = {
    ajv: () => peers.ajv(record),
    zod: () => peers.zod(record),
    mix: changing(validator, record, edits.mix, options),
  };
  if (plain) contenders.plain = () => plain(record, options);
  if (has.parts) contenders["mix, findings"] = changing(validator, record, edits.mix, findings);
  for (const [kind, cycle] of Object.entries(edits.kinds)) contenders[`kind: ${kind}`] = changing(validator, record, cycle, options);
  return measure(contenders, effort);
}

/**
 * Every edit of the mix by itself: medians over the rounds, in nanoseconds. It takes a fine clock.
 * @param {Engine} engine
 * @param {string} procedure
 * @param {{ plan: Plan, edits: { mix: Edit[] } }} subject
 * @param {number} rounds
 */
export function each(engine, procedure, { plan: { record, options }, edits }, rounds) {
  const validator = engine.Validator.builtIn(procedure);
  const change = changing(validator, record, edits.mix, options);
  /** @type {number[][]} */
  const samples = edits.mix.map(() => []);
  for (let round = 0; round < rounds; round += 1) {
    for (let at = 0; at < edits.mix.length; at += 1) {
      const start = performance.now();
      change(at);
      // The first rounds warm it up.
      if (round >= rounds / 3) samples[at].push((performance.now() - start) * 1e6);
    }
  }
  return samples.map((all) => all.sort((one, other) => one - other)[all.length >> 1]);
}

/**
 * @param {import("../pkg/cinplan.js").Validator} validator
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
