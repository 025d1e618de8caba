// The records of the bench: three sizes, each without faults, with a few and with many. All are made from the good plans
// of the examples, and are the same in every run.
import { readFileSync } from "node:fs";
import { leaves } from "./leaves.mjs";
import { chance } from "./random.mjs";

/** @import { Leaf } from "./leaves.mjs" */
/** @import { Options } from "../pkg/cinplan.js" */
/** @import { Shape } from "./shape.mjs" */

export const SIZES = /** @type {const} */ (["small", "middle", "large"]);
export const FAULTS = /** @type {const} */ (["none", "few", "many"]);
/** How many of a hundred answers are at fault. */
const AT_FAULT = { none: 0, few: 3, many: 25 };
/** The manual that every record is checked against. */
export const PROCEDURE = "cambridgeshire";

/** @typedef {typeof SIZES[number]} Size */
/** @typedef {typeof FAULTS[number]} Faults */
/** @typedef {{ record: any, options: Options }} Plan */

/** @param {string} name @returns {Plan} */
export function example(name) {
  const { record, today } = JSON.parse(readFileSync(new URL(`../www/examples/${name}.json`, import.meta.url), "utf8"));
  return { record, options: { today, stage: "close" } };
}

/** The good plans, whose words the generated ones borrow. */
export const GOOD = ["good", "good-bolton", "good-waltham-forest", "good-derbyshire", "good-child-and-family-progress"];

/**
 * A plan of one size with one level of faults.
 * @param {Size} size
 * @param {Faults} faults
 * @param {Shape} shape
 * @param {number} [seed] Which answers are at fault.
 * @returns {Plan}
 */
export function plan(size, faults, shape, seed = 1) {
  const sized = SIZED[size]();
  spoil(sized.record, shape, AT_FAULT[faults], chance(seed * 1009 + SIZES.indexOf(size)));
  return sized;
}

const SIZED = {
  /** A plan that has just been drawn up. */
  small: () => {
    const { record } = example("good");
    const early = cut(record, CUTS.small);
    const drawn_up_on = early.plan.started_on;
    Object.assign(early.plan, { version: "1", drawn_up_on, recorded_on: drawn_up_on, next_review_on: "2026-05-20", meeting: "m1" });
    for (const action of early.plan.actions) {
      for (const field of ["done_on", "result"]) delete action[field];
      Object.assign(action, { due_on: "2026-04-17", status: "not-started" });
    }
    return { record: early, options: { today: "2026-02-26", stage: /** @type {const} */ ("circulate") } };
  },
  /** The same plan at its closing, with one meeting. */
  middle: () => {
    const { record, options } = example("good");
    return { record: cut(record, CUTS.middle), options };
  },
  /** A year of work with eight meetings; what this manual finds in it can be counted on one hand. */
  large: () => example("good-bolton"),
};

/**
 * How many rows of each list stay, and which groups and answers go.
 * @type {Record<"small" | "middle", { rows: Record<string, number>, without: string[] }>}
 */
const CUTS = {
  small: {
    rows: {
      children: 1, needs: 1, outcomes: 1, actions: 2, roles: 1, meetings: 1, invitees: 2,
      supervision: 0, recipients: 0, visits: 0, signatures: 0, review_points: 0, barriers: 0,
    },
    without: [
      "participation", "judgements", "closure", "sharing", "agreement", "assessment", "minutes", "manager", "resources",
      "complex", "supervision_order", "child_protection_plan", "team", "student", "education_health_care_plan",
      "lived_experience", "influence_on_plan", "gathered_by", "represented_by", "date_of_birth", "progress", "result",
      "consequences", "expected_end_on", "contact", "contact_every", "agency", "met_on", "met_by", "venue", "starts_at",
      "ends_at", "convened_by", "next_meeting_on", "decision_reason", "decision_recorded_by", "decision_recorded_on",
    ],
  },
  middle: {
    rows: {
      roles: 3, signatures: 5, meetings: 1, invitees: 5, recipients: 5,
      visits: 1, supervision: 1, resources: 0, review_points: 0,
    },
    without: [
      "judgements", "safety_scores", "agency", "contact", "contact_every", "convened_by",
      "decision_recorded_by", "decision_recorded_on",
    ],
  },
};

/**
 * The plan as it was early on: fewer rows, and what comes later left out.
 * @param {any} value
 * @param {{ rows: Record<string, number>, without: string[] }} cuts
 * @returns {any}
 */
function cut(value, cuts) {
  if (Array.isArray(value)) return value.map((row) => cut(row, cuts));
  if (typeof value !== "object") return value;
  const kept = Object.entries(value).filter(([field]) => !cuts.without.includes(field));
  return Object.fromEntries(kept.map(([field, below]) => [field, cut(Array.isArray(below) ? below.slice(0, cuts.rows[field]) : below, cuts)]));
}

/**
 * Puts faults into a record as they happen in forms: left blank, put off, mistyped.
 * @param {any} record
 * @param {Shape} shape
 * @param {number} percent
 * @param {() => number} random
 */
function spoil(record, shape, percent, random) {
  for (const leaf of [...leaves(record, shape)]) {
    if (leaf.key === "id" || Array.isArray(leaf.holder) || random() * 100 >= percent) continue;
    const spoilt = SPOILT[leaf.shape.kind];
    const fault = spoilt?.[Math.floor(random() * spoilt.length)](leaf);
    if (fault === undefined) delete leaf.holder[leaf.key];
    else leaf.holder[leaf.key] = fault;
  }
}

/** @type {{ [kind in Shape["kind"]]?: ((leaf: Leaf) => unknown)[] }} */
const SPOILT = {
  text: [() => undefined, () => "", () => "TBC", () => "As appropriate, ASAP", ({ value }) => `${value} Sam Newcomer`, runOn],
  period: [() => undefined, () => "10 weeks", () => "when needed"],
  day: [() => undefined, () => undefined, ({ value }) => later(value, 45), ({ value }) => later(value, -400), () => "after half term"],
  time: [() => undefined, () => "08:15", () => "after school"],
  flag: [() => undefined, ({ value }) => !value, () => "perhaps"],
  number: [() => undefined, () => 4, () => "seven or so"],
  choice: [() => undefined, ({ shape }) => ("choices" in shape ? shape.choices[0] : undefined), () => "something else"],
};

/** A text as somebody types it who is in a hurry; a name stays one. @param {Leaf} leaf */
function runOn({ value, shape }) {
  return "most" in shape && shape.most === 200 ? value : Array(4).fill(value.replace(/[.!?]/g, "")).join(" and also ");
}

/** @param {string} day @param {number} days */
export function later(day, days) {
  return new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);
}

/**
 * The good plan with a number of actions. They are the actions of all the good plans, again and again with another day,
 * and each serves one of the plan's outcomes.
 * @param {number} count
 * @returns {Plan}
 */
export function planOfActions(count) {
  const { record, options } = example("good");
  const known = GOOD.flatMap((name) => example(name).record.plan.actions);
  const { actions, outcomes } = record.plan;
  for (let row = actions.length; row < count; row += 1) {
    const { resources, person, ...action } = known[row % known.length];
    const { id: outcome } = outcomes[row % outcomes.length];
    const { who } = actions[row % 6];
    const due_on = later("2026-10-20", row % 21);
    actions.push({ ...action, id: `a${row + 1}`, outcome, who, due_on, done_on: due_on, status: "done" });
  }
  return { record, options };
}
