// The questions that only a person can judge, by part of the plan. Start at `checklist`.
//
// The answers are controls of the form like any other, named as the record is: they are read, filled, checked and sent
// with it.

/** @import { PlanRecord, Question, Report } from "./cinplan.js" */

import { long } from "./days.js";
import { focusable, goTo } from "./place.js";
import { fields, fill } from "./read.js";

/**
 * The words around the questions.
 * @typedef {object} ChecklistTexts
 * @property {string} waiting Before the first report.
 * @property {string} none Where there is no question.
 * @property {(answered: number, left: number) => string} count How many are answered, and how many are left.
 * @property {string} next Leads to the next question that is left.
 * @property {string} name Label of the name that new answers get.
 * @property {[string, string, string]} answers Yes, no and not applicable.
 * @property {string} more Opens the fields below a question.
 * @property {string} reason Label.
 * @property {string} by Label.
 * @property {string} on Label.
 * @property {Record<string, string>} sections The parts of the plan.
 */

/** @type {ChecklistTexts} */
const TEXTS = {
  waiting: "The questions appear when the plan is checked.",
  none: "There are no questions at this stage.",
  count: (answered, left) => (left ? `${answered} of ${answered + left} answered, ${left} left` : `${answered} of ${answered} answered`),
  next: "Go to the next question left",
  name: "Your name, for the answers you give now",
  answers: ["Yes", "No", "Not applicable"],
  more: "Reason, name and date",
  reason: "Reason",
  by: "Name",
  on: "Date",
  sections: {
    children: "Children",
    case: "Case",
    plan: "Plan",
    meetings: "Meetings",
    sharing: "Sharing",
    visits: "Visits",
    closure: "Closure",
    transfer: "Moves between areas",
    conferences: "Child protection conferences",
  },
};

/** The values of the answers, in the order of their words. */
const ANSWERS = ["yes", "no", "not-applicable"];

/** Stands for `judgements.<id>` in a template. */
const STAND_IN = "judgements.[]";

/**
 * @typedef {object} ChecklistOptions
 * @property {HTMLFormElement} [form] The form to follow, and to which the answers belong; unless given, `update` is called
 *   with each report.
 * @property {PlanRecord | (() => PlanRecord)} [record] Answers that were given before.
 * @property {string | (() => string)} [by] Who is answering; unless given, the checklist asks for the name itself.
 * @property {HTMLTemplateElement} [template] Markup of one question, with `judgements.[]` in place of the question's path in
 *   `id`, `name` and `for`, and an element with `data-question` for its words.
 * @property {(names: string[]) => void} [made] Called with the names of new controls, once they hold what the record says.
 * @property {Partial<ChecklistTexts>} [texts] Words of your own.
 */

/**
 * Asks the questions of each report in an element. A question that is not asked any more is hidden and never taken away:
 * what was answered stays.
 * @param {HTMLElement} place
 * @param {ChecklistOptions} [options]
 */
export function checklist(place, options = {}) {
  const page = place.ownerDocument;
  const { form } = options;
  const texts = { ...TEXTS, ...options.texts, sections: { ...TEXTS.sections, ...options.texts?.sections } };
  /** By id. @type {Map<string, HTMLElement>} */
  let questions = new Map();
  /** @type {Map<string, HTMLDetailsElement>} */
  let sections = new Map();
  /** @type {Question[]} */
  let asked = [];
  let today = "";

  const box = make("div", "cinplan-checklist");
  const head = make("div", "cinplan-checklist__head");
  const count = make("p", "cinplan-checklist__count", texts.waiting);
  const next = make("button", "cinplan-checklist__next", texts.next);
  next.setAttribute("type", "button");
  next.addEventListener("click", goToNext);
  const name = /** @type {HTMLInputElement} */ (make("input", "cinplan-checklist__name"));
  const nameLabel = make("label", "cinplan-checklist__label", texts.name);
  // It is no part of the record: the answers are.
  name.setAttribute("data-cin", "");
  name.setAttribute("autocomplete", "name");
  nameLabel.append(name);
  head.append(count, next, nameLabel);
  box.append(head);
  clear();
  place.replaceChildren(box);

  box.addEventListener("change", onAnswer);
  const follow = (/** @type {Event} */ event) => {
    if (event.target === form) update(/** @type {CustomEvent<Report>} */ (event).detail);
  };
  form?.addEventListener("cinplan:report", follow);

  /** Starts again, for another plan. */
  function clear() {
    for (const section of sections.values()) section.remove();
    questions = new Map();
    sections = new Map();
    asked = [];
    count.textContent = texts.waiting;
    next.hidden = nameLabel.hidden = true;
  }

  /** @param {Report} report */
  function update(report) {
    asked = report.prompts;
    today = report.today;
    /** @type {string[]} */
    const fresh = [];
    // Asked for once: a host may have to put it together.
    const { record } = options;
    const given = asked.every(({ id }) => questions.has(id)) ? {} : typeof record === "function" ? record() : record;
    for (const prompt of asked) {
      const known = questions.get(prompt.id);
      const question = known ?? newQuestion(prompt, given);
      if (!known) {
        questions.set(prompt.id, question);
        sectionOf(prompt.section).append(question);
        fresh.push(...fields(question).map(({ path }) => path));
      }
      const legend = question.querySelector("[data-question]");
      if (legend) write(legend, prompt.question);
    }
    if (fresh.length) options.made?.(fresh);
    const ids = new Set(asked.map(({ id }) => id));
    for (const [id, question] of questions) hide(question, !ids.has(id));
    for (const [section, details] of sections) {
      const here = asked.filter((prompt) => prompt.section === section);
      const summary = /** @type {HTMLElement} */ (details.firstElementChild);
      write(summary, `${texts.sections[section] ?? section}: ${counted(here)}`);
      hide(details, !here.length);
    }
    write(count, asked.length ? counted(asked) : texts.none);
    hide(next, !asked.some(({ answer }) => !answer));
    hide(nameLabel, options.by !== undefined || !asked.length);
  }

  /** @param {Question[]} prompts */
  function counted(prompts) {
    const answered = prompts.filter(({ answer }) => answer).length;
    return texts.count(answered, prompts.length - answered);
  }

  /** @param {string} section */
  function sectionOf(section) {
    const known = sections.get(section);
    if (known) return known;
    const details = /** @type {HTMLDetailsElement} */ (make("details", "cinplan-checklist__section"));
    details.append(make("summary", "cinplan-checklist__summary"));
    sections.set(section, details);
    // In the order of the plan; what is unknown here comes last.
    const order = [...new Set([...Object.keys(texts.sections), ...sections.keys()])];
    const after = order.slice(order.indexOf(section) + 1).flatMap((one) => sections.get(one) ?? []);
    box.insertBefore(details, after[0] ?? null);
    return details;
  }

  /**
   * @param {Question} prompt
   * @param {PlanRecord} [given]
   */
  function newQuestion({ path, question: text }, given) {
    const stem = path.replace(/\.answer$/, "");
    const content = options.template?.content.firstElementChild;
    const question = content ? /** @type {HTMLElement} */ (content.cloneNode(true)) : plainQuestion();
    for (const element of question.querySelectorAll("*")) {
      for (const attribute of ["id", "name", "for"]) {
        const value = element.getAttribute(attribute);
        if (value) element.setAttribute(attribute, value.replace(STAND_IN, stem));
      }
      if (element.hasAttribute("name") && form?.id && !form.contains(place)) element.setAttribute("form", form.id);
    }
    const legend = question.querySelector("[data-question]");
    if (legend) legend.textContent = text;
    const judgement = given?.judgements?.[stem.slice("judgements.".length)];
    if (judgement) fill(question, { judgements: { [stem.slice("judgements.".length)]: judgement } }, { keep: true });
    return question;
  }

  function plainQuestion() {
    const question = make("div", "cinplan-question");
    const group = make("fieldset", "cinplan-question__group");
    const legend = make("legend", "cinplan-question__legend");
    legend.setAttribute("data-question", "");
    const answers = make("div", "cinplan-question__answers");
    ANSWERS.forEach((value, at) => {
      const label = make("label", "cinplan-question__answer");
      const radio = /** @type {HTMLInputElement} */ (make("input"));
      radio.type = "radio";
      radio.name = radio.id = `${STAND_IN}.answer`;
      if (at) radio.id += `-${value}`;
      radio.value = value;
      label.append(radio, ` ${texts.answers[at]}`);
      answers.append(label);
    });
    group.append(legend, answers);
    const more = make("details", "cinplan-question__more");
    more.append(make("summary", "cinplan-question__summary", texts.more));
    for (const leaf of /** @type {const} */ (["reason", "by", "on"])) {
      const label = make("label", "cinplan-checklist__label", texts[leaf]);
      const control = /** @type {HTMLInputElement | HTMLTextAreaElement} */ (make(leaf === "reason" ? "textarea" : "input"));
      control.id = control.name = `${STAND_IN}.${leaf}`;
      label.append(control);
      more.append(label);
    }
    question.append(group, more);
    return question;
  }

  /**
   * Who answers need not say so each time: name and day are filled in where they are blank. A "no" asks for its reason.
   * @param {Event} event
   */
  function onAnswer({ target }) {
    if (!(target instanceof HTMLInputElement) || target.type !== "radio" || !target.checked) return;
    const question = [...questions.values()].find((question) => question.contains(target));
    if (!question) return;
    const by = typeof options.by === "function" ? options.by() : (options.by ?? name.value);
    const blank = { by, on: today && long(today) };
    for (const { path, controls } of fields(question)) {
      const leaf = path.slice(path.lastIndexOf(".") + 1);
      const [control] = controls;
      if ((leaf !== "by" && leaf !== "on") || controls.length > 1 || control.value.trim() || !blank[leaf].trim()) continue;
      control.value = control.type === "date" && leaf === "on" ? today : blank[leaf];
      control.dispatchEvent(new Event("input", { bubbles: true }));
    }
    const more = question.querySelector("details");
    if (more && target.value !== "yes") more.open = true;
  }

  function goToNext() {
    const left = asked.find(({ answer }) => !answer);
    const question = left && questions.get(left.id);
    const [field] = question ? fields(question) : [];
    if (left && field) goTo(focusable(field), left.path);
  }

  /**
   * @param {string} tag
   * @param {string} [name]
   * @param {string} [text]
   */
  function make(tag, name, text) {
    const made = page.createElement(tag);
    if (name) made.className = name;
    if (text !== undefined) made.textContent = text;
    return made;
  }

  return {
    update,
    clear,
    /** Goes to the next question that has no answer. */
    next: goToNext,
    /** Stops following the form, and leaves the questions with their answers where they are. */
    stop() {
      form?.removeEventListener("cinplan:report", follow);
    },
  };
}

/**
 * Writes only what is new: a form that is checked is watched for changes.
 * @param {Element} element
 * @param {string} text
 */
function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/**
 * @param {HTMLElement} element
 * @param {boolean} hidden
 */
function hide(element, hidden) {
  if (element.hidden !== hidden) element.hidden = hidden;
}
