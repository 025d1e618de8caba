// Forty of the rules of one manual, Cambridgeshire's, as somebody would write them by hand for its forms: what is asked is in
// the code, and every rule looks at the whole record. What they find is what cinplan finds by these rules, rule and place.
import { ACTIONS } from "./actions.mjs";
import { caseOf } from "./case.mjs";
import { CLOSING } from "./closing.mjs";
import { MEETINGS } from "./meetings.mjs";
import { PLAN } from "./plan.mjs";

/** @import { Case } from "./case.mjs" */

/** @typedef {{ rule: string, path: string, message: string }} Finding */

/**
 * @typedef {object} Rule
 * @property {string} id As cinplan calls it.
 * @property {"draft" | "meeting" | "circulate" | "review" | "close"} stage From which it asks.
 * @property {(of: Case, found: (path: string, message: string) => void) => void} check
 */

const STAGES = ["draft", "meeting", "circulate", "review", "close"];

export const RULES = [...PLAN, ...ACTIONS, ...MEETINGS, ...CLOSING];
const STAGED = RULES.map(({ id, stage, check }) => ({ id, from: STAGES.indexOf(stage), check }));

/**
 * @param {any} record
 * @param {{ today: string, stage: string }} options
 */
export function plain(record, options) {
  const of = caseOf(record, options);
  const stage = STAGES.indexOf(options.stage);
  /** @type {Finding[]} */
  const findings = [];
  let rule = "";
  const found = (/** @type {string} */ path, /** @type {string} */ message) => void findings.push({ rule, path, message });
  for (const { id, from, check } of STAGED) {
    rule = id;
    if (from <= stage) check(of, found);
  }
  return findings;
}
