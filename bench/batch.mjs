// Many plans one after the other, from pairs and from lines of JSON, on one core.
import { cinplan } from "./cinplan.mjs";
import { measure } from "./measure.mjs";

/** @import { Engine } from "./cinplan.mjs" */
/** @import { Effort, Samples } from "./measure.mjs" */
/** @import { Subject } from "./subjects.mjs" */
/** @import { Others } from "./whole.mjs" */

/** Plans in one call. */
export const BATCH = 16;

/**
 * @param {Engine} engine
 * @param {string} procedure
 * @param {Subject} subject
 * @param {Others} others
 * @param {Effort} effort
 * @returns {Promise<Samples>} Of a whole batch.
 */
export function batch(engine, procedure, { plans }, { peers, plain }, effort) {
  const validator = engine.Validator.builtIn(procedure);
  const { options } = plans[0].plan;
  const { pairs, lines } = cinplan(validator, options);
  const all = Array.from({ length: BATCH }, (_, at) => plans[at % plans.length]);
  const text = all.map(({ plan }) => JSON.stringify(plan.record)).join("\n");
  const parsed = () => text.split("\n").map((line) => JSON.parse(line));
  return measure(
    {
      pairs: () => all.map(({ pairs: one }) => pairs(one)),
      lines: () => lines(text),
      "JSON.parse": parsed,
      "JSON.parse and ajv": () => parsed().map(peers.ajv),
      "JSON.parse and zod": () => parsed().map(peers.zod),
      "JSON.parse and plain": () => parsed().map((record) => plain(record, options)),
    },
    effort,
  );
}
