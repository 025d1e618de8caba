// What it costs as a plan grows: one answer of an action set with the report out, and a whole check.
import { cinplan } from "./cinplan.mjs";
import { measure } from "./measure.mjs";

/** @import { Engine } from "./cinplan.mjs" */
/** @import { Plan } from "./records.mjs" */
/** @import { Effort, Samples } from "./measure.mjs" */

/**
 * @param {Engine} engine
 * @param {string} procedure
 * @param {{ [actions: string]: Plan }} plans
 * @param {Effort} effort
 * @returns {Promise<Samples>}
 */
export function growth(engine, procedure, plans, effort) {
  const validator = engine.Validator.builtIn(procedure);
  /** @type {{ [contender: string]: (call: number) => unknown }} */
  const contenders = {};
  for (const [actions, { record, options }] of Object.entries(plans)) {
    const form = validator.open(record);
    const { object } = cinplan(validator, options);
    contenders[`whole ${actions}`] = () => object(record);
    // The text of an action somewhere in the plan, and a day.
    contenders[`text ${actions}`] = (call) => {
      const row = (call * 7) % Number(actions);
      form.set(`plan.actions[${row}].what`, TEXTS[call % TEXTS.length]);
      return form.report(options);
    };
    contenders[`day ${actions}`] = (call) => {
      const row = (call * 7) % Number(actions);
      form.set(`plan.actions[${row}].due_on`, `2026-11-${10 + (call % 9)}`);
      return form.report(options);
    };
  }
  return measure(contenders, effort);
}

const TEXTS = [
  "Take Noah to breakfast club on each school day",
  "Book the speech assessment and send the letter to Rachel",
  "Read with Noah at 7pm and settle him in his own bed on five nights a week",
  "Ring the housing association about the lock of the front door",
  "Go with Amelia to the first evening of the young carers' group",
];
