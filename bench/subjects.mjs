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

/**
 * @typedef {object} Subject
 * @property {string} name Such as `middle, few`.
 * @property {Plan} plan
 * @property {Pairs} pairs
 * @property {number} bytes Of the record as JSON.
 * @property {{ kinds: Edits, mix: Edit[] }} [edits] Of a plan without faults.
 */

/** @typedef {{ procedure: string, shape: Shape, subjects: Subject[], growing: { [actions: string]: Plan } }} Subjects */

/** @returns {Subjects} */
export function subjects() {
  const shape = shapeOfRecord();
  const all = SIZES.flatMap((size) =>
    FAULTS.map((faults) => {
      const made = plan(size, faults, shape);
      const edits = faults === "none" ? { edits: editsOf(made.record, shape) } : {};
      const bytes = Buffer.byteLength(JSON.stringify(made.record));
      return { name: `${size}, ${faults}`, plan: made, pairs: pairs(made.record, shape), bytes, ...edits };
    }),
  );
  const growing = Object.fromEntries(ACTIONS.map((actions) => [actions, planOfActions(actions)]));
  return { procedure: PROCEDURE, shape, subjects: all, growing };
}
