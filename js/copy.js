// A copy of the plan on paper: what one person may see, in plain words, as the core's `copyFor` gives it.
//
// Everything gets in as text. Nothing here decides what may be seen: what stands in the copy is drawn, in the words that
// people use at a kitchen table.

/** @import { PlanCopy, PlanRecord, Reader, Removed, Signature } from "./cinplan.js" */

/**
 * @typedef {object} CopyOptions
 * @property {Partial<Reader>} [reader] Whose copy it is; their name stands on it.
 * @property {string} [on] The day on which it was made, ISO.
 * @property {number} [level] Level of the title among the headings of the page; 1 unless given.
 */

/** @type {Record<string, string>} */
const TITLES = {
  interim: "Interim plan",
  "child-in-need": "Child in Need plan",
  "child-protection": "Child protection plan",
  "family-progress": "Child and Family Progress plan",
  "early-help": "Early help plan",
  "team-around-family": "Team around the family plan",
};

/** How choices are said. What is not here is said with spaces for its hyphens. @type {Record<string, string>} */
const WORDS = {
  continue: "The plan goes on",
  close: "The case can close",
  "section-47": "Enquiries are made about the child’s safety",
  "step-down": "Help goes on at a lower level",
  "step-up": "More help is needed",
  "not-started": "Not started yet",
  "in-progress": "Under way",
  dropped: "No longer needed",
  pending: "Still to be decided",
  scarce: "Hard to come by",
  unavailable: "Not to be had",
  initial: "First meeting",
  review: "Review meeting",
  closing: "Last meeting",
  "formal-review": "Formal review",
  "core-group": "Core group",
};

/**
 * Draws a copy into an element, in place of what is there.
 * @param {Element} place
 * @param {PlanCopy} copy What `copyFor` gave.
 * @param {CopyOptions} [options]
 */
export function drawCopy(place, copy, { reader = {}, on = "", level = 1 } = {}) {
  const draw = page(level);
  const { record } = copy;
  const isPart = copy.sees === "agreed-parts";
  const plan = record.plan ?? {};
  const children = rows(record.children);
  const title = isPart ? "Parts of a plan, shared with you" : (TITLES[said(plan.kind)] ?? "Plan");
  const paper = make(
    "article",
    "paper",
    make(
      "header",
      "head",
      draw.title(title),
      line("For ", names(children)),
      facts([
        ["Copy for", said(reader.name)],
        ["Made on", day(on)],
        ["Version", plan.version],
        ["Started on", day(plan.started_on)],
        ["Drawn up on", day(plan.drawn_up_on)],
        ["Updated on", day(plan.updated_on)],
        ["Expected to end on", day(plan.expected_end_on)],
        ["Social worker", record.case?.social_worker?.name],
      ]),
    ),
    ...draw.views(children),
    ...draw.section(
      "What is needed",
      rows(plan.needs).map((need) =>
        entry(words(need.text), [
          ["For", nameOf(need.child, children)],
          ["What will help", need.services],
          ["How it is going", need.progress],
        ]),
      ),
    ),
    ...draw.section(
      "What will be better",
      rows(plan.outcomes).map((outcome) =>
        entry(words(outcome.text), [
          ["For", nameOf(outcome.child, children)],
          ["How it is going", outcome.progress],
          ["What came of it", outcome.result],
        ]),
      ),
    ),
    ...draw.section(
      "What will happen",
      rows(plan.actions).map((action) =>
        entry(words(action.what), [
          ...task(said(action.who), day(action.due_on)),
          ["How we will know", action.measure],
          ["So that", textOf(action.outcome, rows(plan.outcomes))],
          ["What it needs", rows(action.resources).map(resource).join("; ")],
          ["How far it is", [choice(action.status), day(action.done_on)].filter(Boolean).join(", ")],
          ["What came of it", action.result],
        ]),
      ),
    ),
    ...draw.section("If things get difficult", [
      facts([
        ["What keeps everybody safe", plan.safety_plan],
        ["What we do if it does not work", plan.contingency],
        ["What happens if the plan is not followed", plan.consequences],
        ["Family and friends who help", plan.wider_family],
        ["Support that goes on", plan.long_term_support?.reason],
      ]),
    ]),
    ...draw.section(
      "Services",
      rows(plan.services).map((service) =>
        entry(words(service.name), [
          ["From", service.provider],
          ["For", nameOf(service.recipient, children) || service.recipient],
          ["Asked for on", day(service.referred_on)],
          ["Starts on", day(service.starts_on)],
        ]),
      ),
    ),
    ...draw.section("Who does what", [lead(plan.lead_professional), ...rows(plan.roles).map(role)]),
    ...draw.section("Visits", [
      facts([
        ["How often", every(plan.lead_professional?.visit_every)],
        ["What is agreed", plan.visiting?.arrangements],
        ["How often the bedroom is seen", plan.visiting?.bedroom],
        [
          "Days of the visits so far",
          rows(record.visits)
            .map((visit) => day(visit.on))
            .filter(Boolean)
            .join("; "),
        ],
      ]),
    ]),
    ...draw.meetings(record),
    ...draw.section(
      "What has changed since",
      rows(plan.changes).map((change) => entry(words(change.what), [["When", day(change.on)]])),
    ),
    ...draw.section("Signatures", signatures(record, reader, isPart)),
    make(
      "footer",
      "foot",
      line(
        "",
        isPart
          ? "This copy holds the parts of the plan that may be shared with you, and no others. Ask whoever gave it to you if something is not clear."
          : "This copy is for you. Keep it where nobody else reads it. Ask the social worker if something is not clear or not right.",
      ),
    ),
  );
  place.replaceChildren(paper);
}

/**
 * Lists what was kept back, for those who send the copy. It is never printed.
 * @param {Element} place
 * @param {readonly Removed[]} removed
 */
export function drawRemoved(place, removed) {
  /** Places by the reason and by what they are called without their row. @type {Map<string, Map<string, string[]>>} */
  const reasons = new Map();
  for (const { label, reason } of removed) {
    const labels = reasons.get(reason) ?? new Map();
    reasons.set(reason, labels);
    const what = label.replace(/ \([^()]*\d\)$/, "");
    labels.set(what, [...(labels.get(what) ?? []), label]);
  }
  const list = make("dl", "removed");
  for (const [reason, labels] of reasons) {
    list.append(make("dt", "reason", reason));
    for (const [what, each] of labels) {
      const several = each.length > MOST_NAMED ? [`${what} (${each.length} times)`] : each;
      list.append(...several.map((label) => make("dd", "what", label)));
    }
  }
  place.replaceChildren(list);
}

/** Rows that are named one by one in the list of what was kept back. */
const MOST_NAMED = 3;

/** What needs headings. @param {number} level */
function page(level) {
  const heading = (/** @type {number} */ below, /** @type {string} */ text) =>
    make(
      /** @type {"h1"} */ (`h${Math.min(6, level + below)}`),
      below === 0 ? "title" : below === 1 ? "heading" : "name",
      text,
    );

  const section = (/** @type {string} */ title, /** @type {(HTMLElement | null)[]} */ parts) => {
    const here = parts.filter((part) => part !== null);
    return here.length > 0 ? [make("section", "section", heading(1, title), ...here)] : [];
  };

  return {
    title: (/** @type {string} */ text) => heading(0, text),
    section,

    /** @param {NonNullable<PlanRecord["children"]>} children */
    views: (children) =>
      section(
        "What the children say",
        rows(children).map((child) => {
          const views = child.views ?? {};
          if (!said(views.text) && !said(views.influence_on_plan)) return null;
          return make(
            "div",
            "entry",
            ...(said(child.name) ? [heading(2, said(child.name))] : []),
            ...(said(views.text) ? [make("blockquote", "quote", said(views.text))] : []),
            ...present(facts([["What the plan makes of it", views.influence_on_plan]])),
          );
        }),
      ),

    /** @param {PlanRecord} record */
    meetings: ({ plan = {}, meetings }) =>
      section("Meetings", [
        facts([
          ["Next review", day(plan.next_review_on)],
          ["Next formal review", day(plan.next_formal_review_on)],
        ]),
        ...rows(plan.review_points).map((point) =>
          entry(words(day(point.on)), [["How we will tell", point.judged_by]]),
        ),
        ...rows(meetings).map((meeting) => {
          const came = rows(meeting.invitees).filter((invitee) => isYes(invitee.attended));
          const hours = [meeting.starts_at, meeting.ends_at].map(said).filter(Boolean).join(" to ");
          const about = [choice(meeting.kind), day(meeting.held_on), hours].filter(Boolean).join(", ");
          return make(
            "div",
            "entry",
            heading(2, about || "Meeting"),
            ...present(
              facts([
                ["Where", meeting.venue],
                ["Who led it", who(meeting.chair)],
                ["Who came", came.map(person).join(", ")],
                ["Who was asked to come", came.length > 0 ? "" : rows(meeting.invitees).map(person).join(", ")],
                ["What was decided", choice(meeting.decision)],
                ["Why", meeting.decision_reason],
                ["Next meeting", day(meeting.next_meeting_on)],
              ]),
            ),
          );
        }),
      ]),
  };
}

/** @param {NonNullable<PlanRecord["plan"]>["lead_professional"]} person */
function lead(person) {
  const { name, role, responsibilities } = person ?? {};
  if (![name, role, responsibilities].some((text) => said(text))) return null;
  return entry(words([said(name), said(role)].filter(Boolean).join(", ")), [
    ["Lead professional", responsibilities || "Holds the plan together."],
  ]);
}

/** @param {any} row */
function role(row) {
  return entry(words(who(row)), [
    ["What they do", row.responsibilities],
    ["How to reach them", row.contact],
    ["How they are in touch", [said(row.contact_kind), every(row.contact_every)].filter(Boolean).join(", ")],
    ["Since", day(row.involved_from)],
    ["Until", day(row.involved_until)],
  ]);
}

/**
 * Places for signatures: those of the plan, or the reader's own.
 * @param {PlanRecord} record
 * @param {Partial<Reader>} reader
 * @param {boolean} isPart
 */
function signatures({ plan = {} }, reader, isPart) {
  /** @type {Signature} */
  const own = { name: said(reader.name) };
  const listed = isPart ? [] : rows(plan.signatures).filter((row) => said(row.name));
  return (listed.length > 0 ? listed : [own]).map((row) => {
    const signed = day(row.signed_on);
    const version =
      said(row.version) && said(row.version) !== said(plan.version) ? ` (version ${said(row.version)})` : "";
    return make(
      "div",
      signed ? "signature signature--signed" : "signature",
      make("p", "signer", who(row) || "Name"),
      ...(signed
        ? [make("p", "signed", `Signed on ${signed}${version}`)]
        : [make("p", "rule", "Signature"), make("p", "rule", "Date")]),
    );
  });
}

// ---- pieces ----

/**
 * One row of a list: what it is about, and what is known of it. Nothing where it is empty.
 * @param {HTMLElement | null} about
 * @param {[string, unknown][]} pairs
 */
function entry(about, pairs) {
  const known = facts(pairs);
  return about || known ? make("div", "entry", ...present(about), ...present(known)) : null;
}

/**
 * Labels with their answers, where there is one.
 * @param {[string, unknown][]} pairs
 */
function facts(pairs) {
  const known = pairs.filter(([, value]) => said(value) !== "");
  if (known.length === 0) return null;
  const list = make("dl", "facts");
  for (const [label, value] of known) {
    list.append(make("div", "fact", make("dt", "label", label), make("dd", "value", said(value))));
  }
  return list;
}

/** @param {unknown} text */
const words = (text) => (said(text) ? make("p", "words", said(text)) : null);

/** @param {string} before @param {string} text */
const line = (before, text) => (text ? make("p", "line", before + text) : null);

/** @param {HTMLElement | null} part */
const present = (part) => (part ? [part] : []);

/** A name with what is known beside it. @param {any} row */
function who(row) {
  const { name, role, agency } = row ?? {};
  const about = [choice(role), said(agency)].filter(Boolean).join(", ");
  return said(name) && about ? `${said(name)} (${about})` : said(name) || about;
}

/** A name, or what stands in its place. @param {any} row */
const person = (row) => said(row.name) || who(row);

/** @param {any} row */
function resource({ name, status, alternative }) {
  const about = [choice(status), said(alternative) && `or else: ${said(alternative)}`].filter(Boolean).join("; ");
  return about && said(name) ? `${said(name)} (${about})` : said(name) || about;
}

/** @param {any[]} children */
function names(children) {
  const all = rows(children)
    .map((child) => said(child.name))
    .filter(Boolean);
  return all.length > 1 ? `${all.slice(0, -1).join(", ")} and ${all.at(-1)}` : (all[0] ?? "");
}

/**
 * The name of the child whom a row means, by key or by name.
 * @param {unknown} child
 * @param {readonly any[]} children
 */
function nameOf(child, children) {
  const meant = said(child);
  return said(children.find((row) => meant && [row.id, row.name].includes(meant))?.name);
}

/**
 * The text of the row that another means, by its key.
 * @param {unknown} key
 * @param {readonly any[]} list
 */
function textOf(key, list) {
  const meant = said(key);
  return said(list.find((row) => meant && said(row.id) === meant)?.text);
}

/**
 * Who does something by when, in one line where both are known.
 * @param {string} who
 * @param {string} by
 * @returns {[string, string][]}
 */
function task(who, by) {
  return who && by
    ? [["Who and by when", `${who}, by ${by}`]]
    : [
        ["Who", who],
        ["By when", by],
      ];
}

/** "4 weeks" as people say it: every 4 weeks. @param {unknown} period */
function every(period) {
  const spelt = said(period);
  return /^\d/.test(spelt) ? `every ${spelt.replace(/^1 /, "")}` : spelt;
}

/** The rows of a list; holes are left out. @template T @param {(T | null)[] | null | undefined} list @returns {T[]} */
function rows(list) {
  return Array.isArray(list) ? /** @type {T[]} */ (list.filter((row) => typeof row === "object" && row !== null)) : [];
}

/** @param {unknown} value */
function said(value) {
  return typeof value === "string" || typeof value === "number" ? String(value).trim() : "";
}

/** @param {unknown} value */
const isYes = (value) => value === true || value === "yes";

/** A choice in words. @param {unknown} value */
function choice(value) {
  const spelt = said(value);
  const word = Object.hasOwn(WORDS, spelt) ? WORDS[spelt] : spelt.replace(/(?<=\w)-(?=\w)/g, " ");
  return word.charAt(0).toUpperCase() + word.slice(1);
}

/** A day as people write it; what is no day stands as it was typed. @param {unknown} value */
function day(value) {
  const typed = said(value);
  const date = /^\d{4}-\d\d-\d\d$/.test(typed) ? new Date(`${typed}T00:00:00Z`) : null;
  if (!date || Number.isNaN(date.getTime())) return typed;
  return new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "UTC" }).format(date);
}

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {string} name what it is, for the style sheet
 * @param {...(Node | string | null)} children strings become text
 * @returns {HTMLElementTagNameMap[Tag]}
 */
function make(tag, name, ...children) {
  const element = document.createElement(tag);
  element.className = name.replace(/\S+/g, "cinplan-copy__$&");
  element.append(...children.filter((child) => child !== null));
  return element;
}
