// Facts of a case that several rules ask for, worked out once a check.
import { blank, day, filled, rows } from "./answers.mjs";

const KINDS = new Set(["initial", "review", "closing", "formal-review", "professionals", "family-network", "core-group"]);
const LATER = new Set(["review", "closing", "formal-review"]);
const BESIDE = new Set(["professionals", "family-network", "core-group"]);
const DECISIONS = new Set(["continue", "close", "section-47", "step-down", "step-up"]);

/** @typedef {ReturnType<typeof caseOf>} Case */
/** @typedef {[index: number, row: any]} Row */

/**
 * @param {any} record
 * @param {{ today: string, stage: string }} options
 */
export function caseOf(record, { today, stage }) {
  const { assessment = {}, case: facts = {}, closure = {}, plan = {}, transfer = {} } = record;
  const needs = rows(plan.needs);
  const outcomes = rows(plan.outcomes);
  const actions = rows(plan.actions);
  const allMeetings = rows(record.meetings);
  /** Every invitee of every meeting. */
  const invited = allMeetings.map(([at, meeting]) => ({ at, meeting, invitees: rows(meeting.invitees) }));

  const meetings = allMeetings.filter(([, meeting]) => !BESIDE.has(meeting.kind));
  const held = meetings
    .filter(([, { held_on }]) => (day(held_on) ?? "9") <= today)
    .sort(([, one], [, other]) => (one.held_on < other.held_on ? -1 : one.held_on > other.held_on ? 1 : 0));
  const first = meetings.find(([, { kind }]) => kind === "initial") ?? firstOfUnknownKind(meetings);
  const isReview = (/** @type {Row} */ [index, meeting]) => LATER.has(meeting.kind) || (blank(meeting.kind) && !!first && first[0] !== index);
  const mayBeReview = (/** @type {Row} */ row) => isReview(row) || (!blank(row[1].kind) && !KINDS.has(row[1].kind));
  const lastMaybe = held.filter(mayBeReview).at(-1);
  const latestReview = lastMaybe && isReview(lastMaybe) ? lastMaybe : undefined;

  const closedOn = day(closure.closed_on);
  const isClosed = closedOn !== undefined && closedOn <= today;
  const hasPlan = needs.length + outcomes.length + actions.length > 0;
  const hasPlanning = hasPlan || !blank(plan.drawn_up_on) || held.length > 0;
  const isBrief = closure.brief_intervention === true && !hasPlanning;
  const isOpened = !blank(facts.referred_on) || !blank(facts.responsibility_accepted_on) || held.length > 0;
  const protectionEndedOn = endOfProtection(record, today);
  const isProtection = protectionEndedOn ? stillProtected(plan, protectionEndedOn, today) : plan.kind === "child-protection" || isProtected(record, today);

  const endedAtAssessment = ["no-further-action", "early-help"].includes(assessment.outcome) && !hasPlanning;
  const closedFirst = closedOn !== undefined && closedOn < (day(transfer.moved_on) ?? "");
  const movedAway = (!blank(transfer.moved_on) || !blank(transfer.other_authority)) && !closedFirst && transfer.direction !== "in";
  const byClosing = isClosed ? held.filter(([, { held_on }]) => held_on <= /** @type {string} */ (closedOn)) : held;

  return {
    record,
    today,
    stage,
    plan,
    facts,
    closure,
    assessment,
    needs,
    outcomes,
    actions,
    allMeetings,
    invited,
    meetings,
    held,
    first,
    latestReview,
    isClosed,
    hasPlan,
    hasBegunPlan: hasPlanning || filled(plan),
    isBrief,
    /** Whether what a plan holds is asked for. */
    asksForPlan: !isBrief && (hasPlanning || filled(plan) || !isOpened),
    isProtection,
    isInterim: plan.interim === true || plan.kind === "interim",
    isClosedByGroup: !isBrief && !endedAtAssessment && !movedAway,
    lastBeforeClosing: byClosing.at(-1),
    planStart: startOf(plan, first, protectionEndedOn, today),
    decisionOf: (/** @type {any} */ meeting) => (DECISIONS.has(meeting.decision) ? meeting.decision : undefined),
  };
}

/** Of meetings without a kind the earliest, where the kind of none before it cannot be read. @param {Row[]} meetings */
function firstOfUnknownKind(meetings) {
  const unknown = meetings.filter(([, { kind }]) => !KINDS.has(kind));
  const [earliest] = unknown.sort(([, one], [, other]) => ((day(one.held_on) ?? "9") < (day(other.held_on) ?? "9") ? -1 : (day(one.held_on) ?? "9") > (day(other.held_on) ?? "9") ? 1 : 0));
  return earliest && blank(earliest[1].kind) ? earliest : undefined;
}

/** What the latest conference decided, and when. @param {any} record @param {string} today */
function conferenceDecision(record, today) {
  const decided = rows(record.conferences).filter(([, one]) => (day(one.held_on) ?? "9") <= today && !blank(one.decision));
  return decided.sort(([, one], [, other]) => (one.held_on < other.held_on ? -1 : 1)).at(-1)?.[1];
}

/** @param {any} record @param {string} today */
function endOfProtection(record, today) {
  const noted = day(record.case?.child_protection_plan_ended_on);
  const last = conferenceDecision(record, today);
  if (last?.decision === "plan-ended") return day(last.held_on);
  return last && last.decision !== "no-plan" && noted && noted < last.held_on ? undefined : noted;
}

/** @param {any} plan @param {string} endedOn @param {string} today */
function stillProtected(plan, endedOn, today) {
  const drawnUp = [day(plan.started_on) ?? "", day(plan.drawn_up_on) ?? ""].sort()[1];
  return endedOn > today || (plan.kind === "child-protection" && drawnUp > endedOn);
}

/** @param {any} record @param {string} today */
function isProtected(record, today) {
  const last = conferenceDecision(record, today);
  return last ? last.decision !== "no-plan" : record.case?.child_protection_plan === true;
}

/**
 * The day on which the plan started, or on which the child came to it from a child protection plan.
 * @param {any} plan
 * @param {Row | undefined} first
 * @param {string | undefined} protectionEndedOn
 * @param {string} today
 */
function startOf(plan, first, protectionEndedOn, today) {
  const versions = rows(plan.earlier_versions).map(([, version]) => day(version.drawn_up_on));
  const started = day(plan.started_on) ?? [...versions, day(plan.drawn_up_on), day(first?.[1].held_on)].filter((on) => on !== undefined).sort()[0];
  return [started, protectionEndedOn].filter((on) => on !== undefined && on <= today).sort().at(-1);
}
