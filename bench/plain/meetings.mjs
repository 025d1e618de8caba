// The rules on meetings, invitations, minutes, reviews and visits.
import { blank, day, filled, putOff, rows, samePerson, sorted, time } from "./answers.mjs";
import { inWords, numberOf, plusWorkingDays } from "./days.mjs";

/** @import { Case, Row } from "./case.mjs" */
/** @import { Rule } from "./index.mjs" */

/** @param {any} meeting */
const outside = ({ outside_meeting: by }) => !!by && !(blank(by.by) && blank(by.agreed_by) && blank(by.reason));

/** The latest meeting held and the next to come. @param {Case} of */
function current({ meetings, today, isProtection, isClosed }) {
  if (isProtection) return [];
  const on = meetings.filter(([, meeting]) => !outside(meeting));
  const held = on.filter(([, { held_on }]) => (day(held_on) ?? "9") <= today);
  const ahead = on.filter(([, { held_on }]) => (day(held_on) ?? "") > today);
  const last = held.reduce((/** @type {Row | undefined} */ one, other) => (!one || other[1].held_on >= one[1].held_on ? other : one), undefined);
  const first = ahead.reduce((/** @type {Row | undefined} */ one, other) => (!one || other[1].held_on < one[1].held_on ? other : one), undefined);
  const next = isClosed ? undefined : (first ?? on.filter(([, { held_on }]) => blank(held_on)).at(-1));
  return [last, next].filter((row) => row !== undefined);
}

/** The held meetings of which minutes are asked for. @param {Case} of */
const minuted = ({ held }) =>
  held.filter((row) => {
    const [, { minutes, invitees, chair, outside_meeting }] = row;
    const recorded = filled(minutes) || rows(invitees).length > 0 || !blank(chair?.name);
    return (recorded || row === held.at(-1)) && blank(outside_meeting?.by);
  });

/** @param {Case} of @param {(meeting: number, row: number, invitee: any, of: any) => void} see */
function everyone({ invited }, see) {
  for (const { at, meeting, invitees } of invited) for (const [row, invitee] of invitees) see(at, row, invitee, meeting);
}

/** @type {Rule[]} */
export const MEETINGS = [
  {
    id: "attendance-barriers",
    stage: "meeting",
    check: (of, found) => {
      for (const [at, meeting] of current(of)) {
        for (const [row, { what, done_about_it }] of rows(meeting.barriers)) {
          if (!blank(what) && blank(done_about_it)) {
            found(`meetings[${at}].barriers[${row}].done_about_it`, `Barrier ${row + 1} of meeting ${at + 1} does not say what was done about it`);
          }
        }
      }
    },
  },
  {
    id: "attendance-invited-in-time",
    stage: "draft",
    check: (of, found) =>
      everyone(of, (at, row, invitee, meeting) => {
        const invited = day(invitee.invited_on);
        if (invited && invited > (day(meeting.held_on) ?? "9")) {
          found(`meetings[${at}].invitees[${row}].invited_on`, `Date invited for invitee ${row + 1} of meeting ${at + 1} is after the meeting`);
        }
      }),
  },
  {
    id: "attendance-came-or-not",
    stage: "draft",
    check: (of, found) =>
      everyone(of, (at, row, invitee, meeting) => {
        if (invitee.attended !== true) return;
        const path = `meetings[${at}].invitees[${row}]`;
        if ((day(meeting.held_on) ?? "") > of.today) {
          found(`${path}.attended`, `Invitee ${row + 1} is recorded as having attended meeting ${at + 1}, which is in the future`);
        }
        if (!blank(invitee.reason_absent)) found(`${path}.reason_absent`, `Invitee ${row + 1} attended meeting ${at + 1}, and also has a reason absent`);
      }),
  },
  {
    id: "attendance-named-once",
    stage: "draft",
    check: ({ invited }, found) => {
      /** @type {Map<unknown, string>} */
      const names = new Map();
      const named = (/** @type {unknown} */ name) => {
        let words = names.get(name);
        if (words === undefined) names.set(name, (words = sorted(name)));
        return words;
      };
      for (const { at, invitees } of invited) {
        /** @type {Map<string, Row>} */
        const known = new Map();
        for (const [row, invitee] of invitees) {
          const keys = [blank(invitee.person) ? "" : `key ${invitee.person.trim()}`, named(invitee.name)].filter(Boolean);
          const before = known.get(keys.find((key) => known.has(key)) ?? "");
          const births = [day(invitee.date_of_birth), day(before?.[1].date_of_birth)];
          if (before && samePerson(before[1], invitee) && (births.includes(undefined) || births[0] === births[1])) {
            found(`meetings[${at}].invitees[${row}].name`, `Invitee ${row + 1} of meeting ${at + 1} is the same person as invitee ${before[0] + 1}`);
          }
          for (const key of keys) if (!known.has(key)) known.set(key, [row, invitee]);
        }
      }
    },
  },
  {
    id: "minutes-taken",
    stage: "circulate",
    check: (of, found) => {
      for (const [at, { minutes, minute_taker }] of minuted(of)) {
        const unsaid = (/** @type {any} */ taker) => blank(taker) || putOff(taker);
        if (unsaid(minutes?.taken_by) && unsaid(minute_taker)) found(`meetings[${at}].minutes.taken_by`, `Who took the minutes is missing for meeting ${at + 1}`);
      }
    },
  },
  {
    id: "minutes-circulated",
    stage: "circulate",
    check: (of, found) => {
      const clocks = minuted(of).flatMap(([at, { held_on, minutes = {} }]) => {
        const circulated = day(minutes.circulated_on) ?? allSent(minutes);
        if (!circulated && !blank(minutes.circulated_on)) return [];
        const done = circulated && circulated <= of.today ? circulated : undefined;
        const due = plusWorkingDays(numberOf(held_on), 10);
        return [{ at, due, done, late: numberOf(done ?? of.today) > due }];
      });
      const overdue = clocks.filter(({ late, done }) => late && !done);
      // What was circulated late is told until the next meeting, and where nothing is more urgent.
      const last = clocks.at(-1);
      for (const { at, due } of overdue.length ? overdue : last?.late ? [last] : []) {
        found(`meetings[${at}].minutes.circulated_on`, `Circulation of the minutes: due by ${inWords(due)}, 10 working days after the meeting`);
      }
    },
  },
  {
    id: "review-order",
    stage: "draft",
    check: ({ meetings }, found) => {
      const initial = meetings.filter(([, { kind }]) => kind === "initial");
      const first = day(initial[0]?.[1].held_on);
      if (initial.length !== 1 || !first) return;
      for (const [at, { kind, held_on }] of meetings) {
        if (["review", "closing", "formal-review"].includes(kind) && (day(held_on) ?? "9") < first) {
          found(`meetings[${at}].held_on`, `Date of meeting ${at + 1} is before the first meeting, which is meeting ${initial[0][0] + 1}`);
        }
      }
    },
  },
  {
    id: "review-times",
    stage: "draft",
    check: ({ allMeetings }, found) => {
      for (const [at, { starts_at, ends_at }] of allMeetings) {
        const [starts, ends] = [time(starts_at), time(ends_at)];
        if (starts && ends && ends <= starts) found(`meetings[${at}].ends_at`, `End time is not after the start time of meeting ${at + 1}`);
      }
    },
  },
  {
    id: "review-next-day",
    stage: "draft",
    check: ({ allMeetings }, found) => {
      for (const [at, { held_on, next_meeting_on }] of allMeetings) {
        const [held, next] = [day(held_on), day(next_meeting_on)];
        if (held && next && next <= held) found(`meetings[${at}].next_meeting_on`, `Date of next meeting is not after the day of meeting ${at + 1}`);
      }
    },
  },
  {
    id: "review-decision",
    stage: "review",
    check: ({ latestReview }, found) => {
      if (latestReview && blank(latestReview[1].decision)) {
        found(`meetings[${latestReview[0]}].decision`, `Decision is missing for meeting ${latestReview[0] + 1}: continue, close, section 47`);
      }
    },
  },
  {
    id: "review-decision-reason",
    stage: "review",
    check: ({ latestReview }, found) => {
      if (latestReview && !blank(latestReview[1].decision) && blank(latestReview[1].decision_reason)) {
        found(`meetings[${latestReview[0]}].decision_reason`, `Reason for the decision is missing for meeting ${latestReview[0] + 1}`);
      }
    },
  },
  {
    id: "review-progress",
    stage: "review",
    check: ({ outcomes, latestReview, meetings, stage }, found) => {
      if (!latestReview && !(stage === "review" && !meetings.length)) return;
      for (const [row, { text, progress }] of outcomes) {
        if (!blank(text) && blank(progress)) found(`plan.outcomes[${row}].progress`, `Progress towards the outcome is missing for outcome ${row + 1}`);
      }
    },
  },
  { id: "visit-interval", stage: "meeting", check: visitInterval },
];

/** The day on which the last of the recipients was sent the minutes, once all of them were. @param {any} minutes */
function allSent(minutes) {
  const due = rows(minutes.recipients).filter(([, { reason_not_sent }]) => blank(reason_not_sent));
  const days = due.map(([, { sent_on }]) => day(sent_on));
  return days.includes(undefined) ? undefined : days.sort().at(-1);
}

const SIX_WEEKS = 42;

/** A visit at which the child is seen, every six weeks from the start of the plan until the case closes. @type {Rule["check"]} */
function visitInterval(of, found) {
  const { record, plan, facts, assessment, closure, today, isProtection, isClosed, planStart } = of;
  const visits = rows(record.visits);
  const underAssessment = blank(assessment.completed_on) && blank(assessment.outcome) && (day(assessment.started_on) ?? "9") <= today && (of.isInterim || !planStart);
  if (isProtection || facts.team === "disability-social-work" || underAssessment) return;
  if (visits.some(([, { on }]) => !blank(on) && !day(on))) return;
  const children = rows(record.children);
  const unborn = children.length > 0 && children.every(([, child]) => blank(child.date_of_birth) && !blank(child.expected_date_of_birth));
  const asked = visits.some(([, { child_seen }]) => !blank(child_seen));
  const counts = (/** @type {unknown} */ seen) => (typeof seen === "boolean" ? seen || unborn : !asked || unborn || !blank(seen));
  const byDay = visits.filter(([, { on }]) => day(on)).sort(([, one], [, other]) => (one.on < other.on ? -1 : one.on > other.on ? 1 : 0));
  const done = byDay.filter(([, { on, child_seen }]) => on <= today && counts(child_seen) && on >= (planStart ?? ""));
  const next = byDay.find(([, { on }]) => on > today);
  const closedOn = isClosed ? day(closure.closed_on) : undefined;

  const now = numberOf(today);
  const closed = closedOn ? numberOf(closedOn) : Infinity;
  /** @type {[path: string, due: number][]} */
  const missed = [];
  /** @type {[path: string, due: number] | undefined} */
  let late;
  let from = planStart ? numberOf(planStart) : undefined;
  for (const [row, { on }] of done) {
    const visited = numberOf(on);
    const due = from === undefined ? Infinity : from + SIX_WEEKS;
    if (from !== undefined && from < closed) {
      if (visited > closed && due < closed) missed.push(["visits", due]);
      late = visited <= closed && visited > due ? [`visits[${row}].on`, due] : undefined;
    }
    from = visited;
  }
  if (from !== undefined && from + SIX_WEEKS < closed) {
    const due = from + SIX_WEEKS;
    const path = closedOn || !next ? "visits" : `visits[${next[0]}].on`;
    if (now > due) missed.push([path, due]);
    else if (!closedOn && next && numberOf(next[1].on) > due) found(path, `Visit to see the child: due by ${inWords(due)}, and planned later`);
  }
  for (const [path, due] of missed) found(path, `Visit to see the child: due by ${inWords(due)}, and not done`);
  // What was done late cannot be mended; what is missing is more urgent.
  if (late && !missed.length) found(late[0], `Visit to see the child: due by ${inWords(late[1])}, and done later`);
}
