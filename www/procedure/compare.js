// What another procedure changes on a plan: findings that come and go, deadlines that move.

/** @import { Due, Finding, Report } from "../../pkg/cinplan.js" */

/**
 * @typedef {object} Changes
 * @property {Finding[]} come
 * @property {Finding[]} gone
 * @property {{ before: Finding, now: Finding }[]} weighed the same thing, asked more or less strongly
 * @property {{ before: Due, now: Due }[]} moved
 * @property {Due[]} set deadlines that were not there
 * @property {Due[]} lifted
 * @property {string[]} asked questions that are new
 * @property {string[]} unasked
 */

/** @param {Report} before @param {Report} now @returns {Changes} */
export function compare(before, now) {
  // Advice counts as well: a term that may be asked gives nothing else.
  const open = (/** @type {Report} */ { findings }) => findings.filter(({ accepted }) => !accepted);
  const findings = paired(open(before), open(now), ({ rule, item, path }) => `${rule} ${item ?? path}`);
  const deadlines = paired(before.deadlines, now.deadlines, ({ id, path }) => `${id} ${path}`);
  const questions = paired(before.prompts, now.prompts, ({ id }) => id);
  return {
    come: findings.come,
    gone: findings.gone,
    weighed: findings.stay.filter(({ before, now }) => before.severity !== now.severity),
    moved: deadlines.stay.filter(({ before, now }) => before.due !== now.due),
    set: deadlines.come,
    lifted: deadlines.gone,
    asked: questions.come.map(({ question }) => question),
    unasked: questions.gone.map(({ question }) => question),
  };
}

/**
 * The same things on both sides, and those on one side alone. Of several with one name, the first goes with the first.
 *
 * @template Row
 * @param {Row[]} before
 * @param {Row[]} now
 * @param {(row: Row) => string} name
 */
function paired(before, now, name) {
  /** @type {Map<string, Row[]>} */
  const left = new Map();
  for (const row of before) left.set(name(row), [...(left.get(name(row)) ?? []), row]);
  /** @type {{ before: Row, now: Row }[]} */
  const stay = [];
  const come = now.filter((row) => {
    const other = left.get(name(row))?.shift();
    if (other) stay.push({ before: other, now: row });
    return !other;
  });
  return { stay, come, gone: [...left.values()].flat() };
}
