// The rules on needs, outcomes and actions, and on their words.
import { blank, day, folded, putOff, rows } from "./answers.mjs";
import { inWords, numberOf } from "./days.mjs";
import { links } from "./links.mjs";
import { longSentence } from "./sentences.mjs";

/** @import { Case, Row } from "./case.mjs" */
/** @import { Rule } from "./index.mjs" */

const SAID = ["what", "who", "measure", "outcome", "due_on", "done_on", "result"];
/** @param {Row[]} list */
const entered = (list) => list.filter(([, action]) => SAID.some((field) => !blank(action[field])) || rows(action.resources).length > 0);

/** The actions that somebody is to take. @param {Case} of */
const wanted = ({ actions }) => entered(actions).filter(([, { status }]) => status !== "dropped");

/** @param {any} action */
const settled = ({ status, done_on }) => status === "done" || status === "dropped" || (blank(status) && day(done_on) !== undefined);

/** @param {any} action */
const saysNothing = ({ status, done_on, result }) => blank(status) && blank(done_on) && blank(result);

/** Actions of another version, to see which of them came over. @param {Row[]} list */
function carried(list) {
  const ids = new Set(list.map(([, { id }]) => id?.trim()).filter(Boolean));
  const texts = new Set(list.map(([, { what }]) => folded(what)).filter(Boolean));
  return (/** @type {any} */ action) => ids.has(action.id?.trim()) || texts.has(folded(action.what));
}

/** @type {Rule[]} */
export const ACTIONS = [
  {
    id: "action-what",
    stage: "circulate",
    check: (of, found) => {
      for (const [row, { what }] of wanted(of)) {
        if (blank(what)) found(`plan.actions[${row}].what`, `Action ${row + 1} does not say what will be done`);
        else if (putOff(what)) found(`plan.actions[${row}].what`, `Action ${row + 1} says only “${what.trim()}” for what will be done`);
      }
    },
  },
  {
    id: "action-due-in-plan",
    stage: "draft",
    check: ({ plan, actions }, found) => {
      const drawnUp = day(plan.drawn_up_on) ?? "";
      const end = day(plan.expected_end_on) ?? "9";
      const versions = rows(plan.earlier_versions).flatMap(([, version]) => rows(version.actions));
      const came = versions.length ? carried(versions) : () => false;
      for (const [row, action] of entered(actions)) {
        const due = day(action.due_on);
        if (!due || settled(action)) continue;
        if (due < drawnUp && !came(action)) found(`plan.actions[${row}].due_on`, `Action ${row + 1} is due before the day the plan was drawn up`);
        else if (due > end) found(`plan.actions[${row}].due_on`, `Action ${row + 1} is due after the expected end date of the plan`);
      }
    },
  },
  {
    id: "action-resources",
    stage: "circulate",
    check: (of, found) => {
      for (const [row, action] of wanted(of)) {
        for (const [at, { name, status, decided_by }] of rows(action.resources)) {
          const path = `plan.actions[${row}].resources[${at}]`;
          if (!blank(name) && blank(status)) found(`${path}.status`, `Resource status is missing for resource ${at + 1} of action ${row + 1}`);
          if (status === "pending" && blank(decided_by) && !settled(action)) {
            found(`${path}.decided_by`, `Action ${row + 1} does not say who decides on resource ${at + 1}`);
          }
        }
      }
    },
  },
  {
    id: "action-done",
    stage: "draft",
    check: ({ actions, today }, found) => {
      for (const [row, { done_on, status }] of actions) {
        const done = day(done_on);
        if (!done) continue;
        if (done > today) found(`plan.actions[${row}].done_on`, `Date done of action ${row + 1} is in the future`);
        else if (status === "not-started") found(`plan.actions[${row}].status`, `Progress of action ${row + 1} is “not started”, and there is a date done`);
      }
    },
  },
  {
    id: "action-result",
    stage: "review",
    check: ({ plan, actions, today }, found) => {
      for (const [row, action] of entered(actions)) {
        const { status, done_on, result } = action;
        if (status === "done" && blank(done_on)) found(`plan.actions[${row}].done_on`, `Action ${row + 1} is done, and has no date done`);
        const due = day(action.due_on);
        if (!due || due >= today) continue;
        if (saysNothing(action)) found(`plan.actions[${row}].status`, `Progress of action ${row + 1} is missing, and it was due on ${inWords(numberOf(due))}`);
        else if (status === "not-started" && blank(done_on) && blank(result)) {
          found(`plan.actions[${row}].result`, `Action ${row + 1} was due on ${inWords(numberOf(due))} and is not started, and its result does not say why`);
        }
      }
      const versions = rows(plan.earlier_versions);
      if (!versions.length) return;
      const [at, before] = versions.reduce((one, other) => ((day(other[1].drawn_up_on) ?? "") >= (day(one[1].drawn_up_on) ?? "") ? other : one));
      const here = carried(entered(actions));
      for (const [row, action] of entered(rows(before.actions))) {
        if (saysNothing(action) && !here(action)) {
          found(`plan.earlier_versions[${at}].actions[${row}].status`, `Progress of action ${row + 1} of the version before is missing`);
        }
      }
    },
  },
  {
    id: "action-outcome-known",
    stage: "draft",
    check: (of, found) => {
      if (!of.outcomes.length) return;
      const follow = links("outcome", of.outcomes);
      for (const [row, { outcome }] of wanted(of)) {
        if (!blank(outcome) && follow(outcome).astray) {
          found(`plan.actions[${row}].outcome`, `The outcome that action ${row + 1} serves is not among the outcomes of the plan`);
        }
      }
    },
  },
  {
    id: "need-outcome",
    stage: "circulate",
    check: ({ needs, outcomes }, found) => {
      if (!outcomes.length || needs.length < 2) return;
      if (outcomes.every(([, { need }]) => blank(need))) {
        found(`plan.outcomes[${outcomes[0][0]}].need`, "No outcome says which need it meets");
        return;
      }
      const follow = links("need", needs);
      const met = new Set(outcomes.flatMap(([, { need }]) => follow(need).to));
      for (const [row, { text }] of needs) if (!blank(text) && !met.has(row)) found(`plan.needs[${row}].text`, `Need ${row + 1} has no outcome`);
    },
  },
  {
    id: "outcome-action",
    stage: "circulate",
    check: (of, found) => {
      const { outcomes } = of;
      const waiting = outcomes.filter(([, { text, result }]) => !blank(text) && blank(result));
      if (!waiting.length) return;
      const actions = wanted(of);
      if (!actions.length) found("plan.actions", "There is no action towards the outcomes of the plan");
      if (!actions.length || outcomes.length < 2 || actions.every(([, { outcome }]) => blank(outcome))) return;
      const follow = links("outcome", outcomes);
      const served = new Set(actions.flatMap(([, { outcome }]) => follow(outcome).to));
      for (const [row] of waiting) if (!served.has(row)) found(`plan.outcomes[${row}].text`, `Outcome ${row + 1} has no action`);
    },
  },
  {
    id: "plan-long-sentences",
    stage: "circulate",
    check: ({ plan, needs, outcomes, actions }, found) => {
      const open = actions.filter(([, { status, done_on }]) => status !== "done" && status !== "dropped" && !day(done_on));
      /** @type {[path: string, text: unknown][]} */
      const texts = [
        ...needs.map(([row, { text }]) => /** @type {[string, unknown]} */ ([`plan.needs[${row}].text`, text])),
        ...outcomes.map(([row, { text }]) => /** @type {[string, unknown]} */ ([`plan.outcomes[${row}].text`, text])),
        ...open.flatMap(([row, { what, measure }]) => /** @type {[string, unknown][]} */ ([[`plan.actions[${row}].what`, what], [`plan.actions[${row}].measure`, measure]])),
        ["plan.contingency", plan.contingency],
        ["plan.safety_plan", plan.safety_plan],
        ["plan.consequences", plan.consequences],
      ];
      let left = 3;
      for (const [path, text] of texts) {
        if (typeof text !== "string") continue;
        for (const begins of longSentence(text)) if (left-- > 0) found(path, `There is a long sentence, which begins “${begins}”`);
      }
    },
  },
];
