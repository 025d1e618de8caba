// The answers that people change in a form, each kind by name and as often as it happens.
import { leaves, pairs } from "./leaves.mjs";
import { GOOD, example, later } from "./records.mjs";
import { chance } from "./random.mjs";

/** @import { Shape } from "./shape.mjs" */

/** @typedef {[path: string, text: string]} Edit */
/** @typedef {{ [kind: string]: Edit[] }} Edits Cycles of edits: each changes what the one before it in that place left. */

/** Kind, place with rows without their index, and how many of a hundred edits are of that kind. */
const KINDS = /** @type {[kind: string, place: string, share: number][]} */ ([
  ["what will be done", "plan.actions[].what", 16],
  ["who will do it", "plan.actions[].who", 7],
  ["how it will show", "plan.actions[].measure", 9],
  ["by when", "plan.actions[].due_on", 8],
  ["progress of an action", "plan.actions[].status", 6],
  ["a need", "plan.needs[].text", 6],
  ["an outcome", "plan.outcomes[].text", 6],
  ["the contingency plan", "plan.contingency", 4],
  ["name of a role", "plan.roles[].name", 4],
  ["responsibilities", "plan.roles[].responsibilities", 4],
  ["how often somebody visits", "plan.lead_professional.visit_every", 1],
  ["day the plan was drawn up", "plan.drawn_up_on", 1],
  ["a child's views", "children[].views.text", 3],
  ["a date of birth", "children[].date_of_birth", 1],
  ["day of a meeting", "meetings[].held_on", 3],
  ["name of an invitee", "meetings[].invitees[].name", 4],
  ["day of an invitation", "meetings[].invitees[].invited_on", 3],
  ["who attended", "meetings[].invitees[].attended", 4],
  ["decision of a meeting", "meetings[].decision", 2],
  ["day of a visit", "visits[].on", 2],
  ["whether a child was seen", "visits[].child_seen", 2],
  ["day of sending", "sharing.recipients[].sent_on", 2],
  ["a judgement", "judgements.plan-understood.answer", 1],
  ["reason for closing", "closure.reason", 1],
]);

const LENGTH = 240;

/**
 * A cycle of edits for each kind that the record has a place for, and one of all kinds together.
 * @param {any} record
 * @param {Shape} shape
 * @returns {{ kinds: Edits, mix: Edit[] }}
 */
export function editsOf(record, shape) {
  const there = [...leaves(record, shape)];
  const words = new Map();
  for (const name of GOOD) {
    for (const [path, text] of pairs(example(name).record, shape)) {
      const place = placeOf(path);
      words.set(place, (words.get(place) ?? new Set()).add(text));
    }
  }
  /** @type {Edits} */
  const kinds = {};
  /** @type {{ path: string, texts: string[] }[][]} */
  const bag = [];
  for (const [kind, place, share] of KINDS) {
    const places = there.filter(({ path }) => placeOf(path) === place);
    if (!places.length) continue;
    const texts = textsFor(places[0].shape, places[0].value, [...words.get(place)]);
    const spots = places.map(({ path }) => ({ path, texts }));
    kinds[kind] = cycle(Array.from({ length: LENGTH }, (_, at) => spots[at % spots.length]));
    bag.push(...Array.from({ length: share }, () => spots));
  }
  const random = chance(7);
  const pick = (/** @type {any[]} */ list) => list[Math.floor(random() * list.length)];
  return { kinds, mix: cycle(Array.from({ length: LENGTH }, () => pick(pick(bag)))) };
}

/** @param {string} path */
const placeOf = (path) => path.replace(/\[\d+\]/g, "[]");

/**
 * @param {Shape} shape
 * @param {any} value
 * @param {string[]} words What the good plans hold in that place.
 */
function textsFor(shape, value, words) {
  if (shape.kind === "choice") return shape.choices;
  if (shape.kind === "flag") return ["yes", "no"];
  if (shape.kind === "day") return [0, 1, 3, 7, -2, 10, -7, 14].map((days) => later(value, days));
  return words;
}

/**
 * @param {{ path: string, texts: string[] }[]} spots
 * @returns {Edit[]}
 */
function cycle(spots) {
  /** @type {Map<string, number>} */
  const visits = new Map();
  const steps = spots.map(({ path, texts }) => {
    const visit = visits.get(path) ?? 0;
    visits.set(path, visit + 1);
    return { path, texts, visit };
  });
  const offsets = new Map([...visits.keys()].map((path, offset) => [path, offset * 5]));
  // Where the last visit of a place would leave what the first one is to change, it is left out.
  const changing = steps.filter(({ path, texts, visit }) => visit + 1 < (visits.get(path) ?? 0) || visit % texts.length);
  return changing.map(({ path, texts, visit }) => [path, texts[((offsets.get(path) ?? 0) + visit) % texts.length]]);
}
