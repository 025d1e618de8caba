// What another manual asks, in plain words: shown when somebody changes from one procedure to another.

import { Validator, rules, terms } from "../pkg/cinplan.js";
import { counted, fold, make } from "./page.js";
import { inWords, isLimit } from "./words.js";

/** @import { Cited, Procedure, Report, TermEntry } from "../pkg/cinplan.js" */

/** @typedef {Cited<unknown> | null} Term */

/** @typedef {{ id: string, title: string }} Question */

/** @typedef {{ heading: string, line: (Node | string)[] }} Line one difference, under the heading of its part */

/** So many new limits can be taken in at once; more come folded. */
const FEW = 6;

/** @param {HTMLElement} place where the panel stands */
export function differencePanel(place) {
  const known = terms();
  const questions = rules().filter((entry) => entry.kind === "prompt");
  const status = make("p", { class: "govuk-body", role: "status" });
  let from = "";

  const hide = () => {
    from = "";
    place.hidden = true;
    place.replaceChildren();
  };

  return {
    hide,
    /** The procedure that the panel compares with; empty while it is not shown. */
    get from() {
      return from;
    },
    /**
     * @param {string} before
     * @param {string} now the ids of the procedures
     * @param {string} kind of the plan: manuals may ask otherwise at another level
     */
    show(before, now, kind) {
      from = before;
      const [earlier, here] = [before, now].map((id) => ofKind(Validator.procedure(id), kind));
      const { limits, fresh, gone, otherwise, more, less, strength } = differences(known, earlier, here);
      const name = shortName(earlier.title);
      const close = make("button", { type: "button", class: "link-button" }, "Hide what is different");
      close.addEventListener("click", () => {
        hide();
        document.getElementById("procedure")?.focus();
      });
      status.textContent = "";
      place.replaceChildren(
        make("h2", { class: "govuk-heading-s" }, `What is different in ${shortName(here.title)}`),
        status,
        ...(limits.length > 0
          ? [make("h3", { class: "govuk-heading-s" }, "Other times and limits"), list(limits)]
          : []),
        ...opened(group(`${counted(fresh.length, "time or limit", "times and limits")} not set in ${name}`, fresh)),
        ...group(`${counted(gone.length, "time or limit", "times and limits")} of ${name} not set here`, gone),
        ...group(`${counted(otherwise.length, "thing")} asked in another way`, otherwise),
        ...group(`${counted(more.length, "thing")} asked here and not in ${name}`, more),
        ...group(`${counted(less.length, "thing")} asked in ${name} and not here`, less),
        ...group(`${counted(strength.length, "thing")} asked more or less strongly`, strength),
        ...questionsFold(questions, earlier, here),
        close,
      );
      place.hidden = false;
    },
    /**
     * Says how many findings came and went.
     *
     * @param {Report} before what the earlier procedure finds in the plan as it is now
     * @param {Report} now
     */
    count(before, now) {
      const [earlier, here] = [tally(before), tally(now)];
      let [came, stayed, all] = [0, 0, 0];
      for (const [finding, count] of here) {
        const kept = Math.min(count, earlier.get(finding) ?? 0);
        stayed += kept;
        came += count - kept;
      }
      for (const count of earlier.values()) all += count;
      const words = `Findings in this plan: ${came} new, ${all - stayed} gone, ${stayed} as before.`;
      // Told to screen readers each time it is written.
      if (status.textContent !== words) status.textContent = words;
    },
  };
}

/** A procedure as it reads for a kind of plan. @param {Procedure} procedure @param {string} kind @returns {Procedure} */
function ofKind(procedure, kind) {
  const here = { ...procedure };
  for (const { kinds, ...groups } of procedure.levels ?? []) {
    if (!kinds.some((one) => one === kind)) continue;
    for (const [group, terms] of Object.entries(groups))
      Object.assign(here, { [group]: { .../** @type {any} */ (here)[group], ...terms } });
  }
  return here;
}

/** What a manual is called in a sentence: its title up to the colon. @param {string} title */
const shortName = (title) => title.split(":", 1)[0];

/**
 * @param {TermEntry[]} known
 * @param {Procedure} earlier
 * @param {Procedure} here
 */
function differences(known, earlier, here) {
  /** @type {Record<"limits" | "fresh" | "gone" | "otherwise" | "more" | "less" | "strength", Line[]>} */
  const found = { limits: [], fresh: [], gone: [], otherwise: [], more: [], less: [], strength: [] };
  for (const entry of known) {
    const [was, is] = [termOf(earlier, entry), termOf(here, entry)];
    const { heading } = entry;
    const meaning = entry.meaning.replace(/\.$/, "");
    /** @param {string} now @param {string} before */
    const changed = (now, before) => ({ heading, line: [`${meaning}: `, make("strong", {}, now), ` (was ${before})`] });
    if (was && is) {
      const [before, now] = [inWords(was.value), inWords(is.value)];
      if (!isSame(was.value, is.value)) (isLimit(is.value) ? found.limits : found.otherwise).push(changed(now, before));
      else if (strengthOf(was) !== strengthOf(is)) found.strength.push(changed(strengthOf(is), strengthOf(was)));
    } else if (is) (isLimit(is.value) ? found.fresh : found.more).push({ heading, line: [asked(meaning, is)] });
    else if (was) (isLimit(was.value) ? found.gone : found.less).push({ heading, line: [asked(meaning, was)] });
  }
  return found;
}

/** @param {Procedure} procedure @param {TermEntry} entry @returns {Term} */
function termOf(procedure, { group, term }) {
  return /** @type {any} */ (procedure)[group]?.[term] ?? null;
}

/** @param {string} meaning @param {Cited<unknown>} term */
function asked(meaning, { value }) {
  const words = inWords(value);
  return words ? `${meaning}: ${words}` : meaning;
}

/** @param {Cited<unknown>} term */
function strengthOf({ force, leaves_room }) {
  return leaves_room ? `${force}, or a recorded reason` : force;
}

/**
 * Whether two values ask the same: in a list it is no matter what stands first.
 *
 * @param {unknown} a
 * @param {unknown} b
 */
function isSame(a, b) {
  const written = (/** @type {unknown} */ value) =>
    JSON.stringify(Array.isArray(value) ? value.map((one) => JSON.stringify(one)).sort() : value);
  return written(a) === written(b);
}

/** @param {Question[]} all @param {Procedure} earlier @param {Procedure} here */
function questionsFold(all, earlier, here) {
  const only = (/** @type {Procedure} */ one, /** @type {Procedure} */ other) =>
    all.filter(({ id }) => one.prompts[id] && !other.prompts[id]).map(({ title }) => [title]);
  const [more, less] = [only(here, earlier), only(earlier, here)];
  if (more.length + less.length === 0) return [];
  const part = (/** @type {string} */ heading, /** @type {string[][]} */ lines) =>
    lines.length > 0 ? [make("h3", { class: "difference__part" }, heading), bullets(lines)] : [];
  return [
    fold(
      [`${counted(more.length, "question")} more on the checklist, ${less.length} fewer`],
      ...part("More", more),
      ...part("Fewer", less),
    ),
  ];
}

/** @param {string} title @param {Line[]} lines */
function group(title, lines) {
  if (lines.length === 0) return [];
  const headings = [...new Set(lines.map((line) => line.heading))];
  return [
    fold(
      [title],
      ...headings.flatMap((heading) => [
        make("h3", { class: "difference__part" }, heading),
        list(lines.filter((line) => line.heading === heading)),
      ]),
    ),
  ];
}

/** Opens a fold where it holds few lines. @param {HTMLDetailsElement[]} folds */
function opened(folds) {
  for (const one of folds) one.open = one.querySelectorAll("li").length <= FEW;
  return folds;
}

/** @param {Line[]} lines */
const list = (lines) => bullets(lines.map(({ line }) => line));

/** @param {(Node | string)[][]} lines */
const bullets = (lines) =>
  make("ul", { class: "govuk-list govuk-list--bullet" }, ...lines.map((line) => make("li", {}, ...line)));

/**
 * How often each thing is found. It is the same thing where it is the same rule at the same row.
 *
 * @param {Report} report
 */
function tally({ findings }) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const { rule, item, path, severity, accepted } of findings) {
    if (accepted || severity === "advice") continue;
    const key = `${rule} ${item ?? path}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}
