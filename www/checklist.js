// The questions that only a person can judge, by part of the plan. The answers are controls of the form like any other.

import { fields, fill } from "../pkg/form.js";
import { counted, fold, make, writeDaysOut } from "./page.js";
import { changed, get } from "./paths.js";

/** @import { PlanRecord, Question, Report } from "../pkg/cinplan.js" */

/** @type {Record<Question["section"], string>} */
const SECTIONS = {
  children: "Children",
  case: "Case",
  plan: "Plan",
  meetings: "Meetings",
  sharing: "Sharing",
  visits: "Visits",
  closure: "Closure",
};

/**
 * A question that is not asked any more is hidden and never taken away: what was answered stays.
 *
 * @param {HTMLElement} place
 * @param {HTMLTemplateElement} template
 * @param {(names: string[]) => void} made called with the names of controls that are new and hold what the record says
 */
export function checklist(place, template, made) {
  /** @type {Map<string, HTMLElement>} */
  let questions = new Map();
  /** @type {Record<string, HTMLDetailsElement>} */
  let sections = {};
  const nothing = make("p", { class: "govuk-body" });

  const clear = () => {
    questions = new Map();
    sections = Object.fromEntries(Object.keys(SECTIONS).map((section) => [section, fold([""])]));
    for (const section of Object.values(sections)) section.hidden = true;
    nothing.textContent = "The questions appear when the plan is checked.";
    nothing.hidden = false;
    place.replaceChildren(nothing, ...Object.values(sections));
  };
  clear();

  return {
    /** Starts again, for another plan. */
    clear,
    /** @param {Report} report @param {PlanRecord} record */
    show({ prompts }, record) {
      const fresh = prompts
        .filter((prompt) => !questions.has(prompt.id))
        .map((prompt) => {
          const question = makeQuestion(template, prompt, record);
          questions.set(prompt.id, question);
          sections[prompt.section].querySelector(".govuk-details__text")?.append(question);
          return question;
        });
      if (fresh.length > 0) made(fresh.flatMap((question) => fields(question).map((field) => field.path)));

      const asked = new Set(prompts.map((prompt) => prompt.id));
      for (const [id, question] of questions) question.hidden = !asked.has(id);
      for (const [section, title] of Object.entries(SECTIONS)) {
        const here = prompts.filter((prompt) => prompt.section === section);
        const answered = here.filter((prompt) => prompt.answer).length;
        say(
          sections[section].querySelector(".govuk-details__summary-text"),
          `${title}: ${answered} of ${counted(here.length, "question")} answered`,
        );
        sections[section].hidden = here.length === 0;
      }
      say(nothing, "There are no questions at this stage.");
      nothing.hidden = prompts.length > 0;
    },
  };
}

/** @param {HTMLTemplateElement} template @param {Question} prompt @param {PlanRecord} record */
function makeQuestion(template, { path, question: words }, record) {
  const question = /** @type {HTMLElement} */ (template.content.firstElementChild?.cloneNode(true));
  const name = path.replace(/\.answer$/, "");
  for (const element of question.querySelectorAll("*")) {
    for (const attribute of ["id", "name", "for"]) {
      const value = element.getAttribute(attribute);
      if (value) element.setAttribute(attribute, value.replace("judgements.[]", name));
    }
  }
  const legend = question.querySelector("[data-question]");
  if (legend) legend.textContent = words;
  fill(question, /** @type {PlanRecord} */ (changed({}, name, get(record, name)) ?? {}));
  writeDaysOut(question);
  return question;
}

/**
 * Writes only what is new: the adapter watches the form for changes.
 *
 * @param {Element | null} element
 * @param {string} words
 */
function say(element, words) {
  if (element && element.textContent !== words) element.textContent = words;
}
