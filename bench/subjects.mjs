// Everything that is timed, as data that a page can be handed too.
import { editsOf } from "./edits.mjs";
import { pairs } from "./leaves.mjs";
import { FAULTS, PROCEDURE, SIZES, plan, planOfActions } from "./records.mjs";
import { shapeOfRecord } from "./shape.mjs";

/** @import { Pairs } from "./cinplan.mjs" */
/** @import { Edit, Edits } from "./edits.mjs" */
/** @import { Plan } from "./records.mjs" */
/** @import { Shape } from "./shape.mjs" */

export const ACTIONS = [15, 150, 1500];
/** Plans of one size and level of faults, which are taken in turn: what differs between them are the answers at fault. */
const VARIANTS = 4;

/**
 * @typedef {object} Subject
 * @property {string} name Such as `middle, few`.
 * @property {{ plan: Plan, pairs: Pairs }[]} plans
 * @property {{ kinds: Edits, mix: Edit[] }} [edits] Of a plan without faults.
 */

/** @typedef {{ procedure: string, shape: Shape, subjects: Subject[], growing: { [actions: string]: Plan } }} Subjects */

/** @returns {Subjects} */
export function subjects() {
  const shape = shapeOfRecord();
  const all = SIZES.flatMap((size) =>
    FAULTS.map((faults) => {
      const plans = Array.from({ length: VARIANTS }, (_, seed) => {
        const made = plan(size, faults, shape, seed + 1);
        return { plan: made, pairs: pairs(made.record, shape) };
      });
      const edits = faults === "none" ? { edits: editsOf(plans[0].plan.record, shape) } : {};
      return { name: `${size}, ${faults}`, plans, ...edits };
    }),
  );
  const growing = Object.fromEntries(ACTIONS.map((actions) => [actions, planOfActions(actions)]));
  return { procedure: PROCEDURE, shape, subjects: all, growing };
}
