// Starts the page: the plan in the middle, the examples and files above it, and what was found beside it.

import init, { Validator, procedures } from "../pkg/cinplan.js";
import { attach } from "../pkg/form.js";
import { checklist } from "./checklist.js";
import { example, listExamples } from "./examples.js";
import { download, readPlan } from "./files.js";
import { findingsPanel } from "./findings.js";
import { byId, counted, day, make } from "./page.js";
import { openPlan } from "./plan.js";

/** @import { PlanRecord, Report } from "../pkg/cinplan.js" */
/** @import { Stage } from "../pkg/form.js" */

const form = byId("plan", HTMLFormElement);
const options = byId("options", HTMLFormElement);
const procedure = byId("procedure", HTMLSelectElement);
const stage = byId("stage", HTMLSelectElement);
const today = byId("today", HTMLInputElement);
const title = byId("findings-title", HTMLElement);
const body = byId("findings", HTMLElement);
const notice = byId("notice", HTMLElement);
const file = byId("file", HTMLInputElement);

try {
  await start();
  byId("not-started", HTMLElement).hidden = true;
} catch (error) {
  byId("not-started", HTMLElement).classList.add("not-started--now");
  throw error;
}

async function start() {
  const [examples] = await Promise.all([listExamples(), init(), startGovuk()]);
  for (const { id, title } of procedures()) procedure.append(new Option(title, id));
  for (const { name, title } of examples) byId("example", HTMLSelectElement).append(new Option(title, name));
  today.value = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium" }).format(new Date());

  const draw = findingsPanel({ form, title, body, nav: byId("parts", HTMLElement) });
  /** The plan before something was taken away. @type {PlanRecord} */
  let earlier = {};
  const plan = openPlan(form, {
    before: () => (earlier = plan.current()),
    after({ change, what }) {
      if (change === "remove") tell(`${what} removed.`, putBack("Put it back"));
    },
  });
  const questions = checklist(byId("checklist", HTMLElement), byId("question", HTMLTemplateElement), plan.adopt);

  // The adapter checks while people type, and writes its messages beside the fields once they have been left. What it
  // checks is the whole plan: the form, and what a file held beyond it.
  const validators = new Map([...procedure.options].map(({ value }) => [value, Validator.builtIn(value)]));
  const checkerFor = (/** @type {string} */ id) => ({
    check: (/** @type {PlanRecord} */ _, /** @type {{ today: string, stage: Stage }} */ asked) =>
      /** @type {Validator} */ (validators.get(id)).check(plan.current(), asked),
  });
  /** Whether somebody has asked for a check: nothing is told before. */
  let isAsked = false;
  const attached = attach(form, {
    validator: checkerFor(procedure.value),
    stage: /** @type {Stage} */ (stage.value),
    today: today.value,
    summary: false,
    on: (report) => isAsked && tellAll(report),
  });

  /** @param {Report} report */
  const tellAll = (report) => {
    questions.show(report, plan.current());
    draw(report);
  };

  /**
   * Goes on with the procedure, stage and day that are chosen.
   *
   * @returns {string} what is wrong with the day, if anything
   */
  const followOptions = () => {
    try {
      attached.update({
        procedure: checkerFor(procedure.value),
        stage: /** @type {Stage} */ (stage.value),
        today: today.value,
      });
      return "";
    } catch (error) {
      return error instanceof Error ? error.message.replace(/^today/, "Today") : String(error);
    }
  };

  const check = () => {
    isAsked = true;
    const problem = followOptions();
    // Said here and not when the day is changed: a message that comes or goes moves the button away from under the
    // pointer.
    markToday(problem);
    if (problem) return today.focus();
    attached.check();
    title.focus({ preventScroll: true });
    title.scrollIntoView({ block: "nearest" });
  };

  options.addEventListener("change", followOptions);
  options.addEventListener("submit", (event) => {
    event.preventDefault();
    check();
  });
  // No button that submits: the Enter key in a field would take people away from it.
  byId("check-here", HTMLButtonElement).addEventListener("click", check);
  form.addEventListener("submit", (event) => event.preventDefault());

  /** @param {unknown} record */
  const load = (record) => {
    questions.clear();
    return plan.load(record);
  };

  /** @param {string} words */
  const putBack = (words) => {
    const record = earlier;
    return button(words, () => {
      load(record);
      if (isAsked) attached.check();
      tell("The plan is as it was.");
    });
  };

  byId("examples", HTMLFormElement).addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      const chosen = await example(byId("example", HTMLSelectElement).value);
      replace(chosen.record, chosen.about);
      stage.value = chosen.stage;
      if (chosen.today) today.value = day(chosen.today, "medium");
      check();
    } catch (error) {
      tellProblem(error);
    }
  });

  /**
   * Puts another plan in place of the one that is there, which can be had back.
   *
   * @param {unknown} record
   * @param {string} words
   */
  const replace = (record, words) => {
    const isLost = plan.isTouched();
    earlier = plan.current();
    const left = load(record);
    const kept =
      left > 0
        ? ` ${counted(left, "answer")} in it cannot be shown here; they are checked and saved all the same.`
        : "";
    tell(words + kept, isLost ? putBack("Put back the plan that was here") : undefined);
  };

  let saved = "";
  const isSaved = () => saved === JSON.stringify(plan.toSave());
  byId("save", HTMLButtonElement).addEventListener("click", () => {
    const record = plan.toSave();
    download(record, "child-in-need-plan.json");
    saved = JSON.stringify(record);
    tell("The plan is saved as it is, in your downloads.");
  });
  byId("load", HTMLButtonElement).addEventListener("click", () => file.click());
  file.addEventListener("change", async () => {
    const chosen = file.files?.[0];
    if (!chosen) return;
    try {
      replace(await readPlan(chosen), `${chosen.name} is loaded.`);
      check();
    } catch (error) {
      tellProblem(error);
    }
    // So that the same file can be chosen again.
    file.value = "";
  });

  window.addEventListener("beforeunload", (event) => {
    if (plan.isTouched() && !isSaved()) event.preventDefault();
  });
}

/** @param {string} words @param {HTMLElement} [undo] */
function tell(words, undo) {
  const line = make("p", { class: "notice" }, words);
  if (undo) {
    line.append(" ", undo);
    // What is typed from now on would be lost by going back.
    form.addEventListener("input", () => undo.remove(), { once: true });
  }
  notice.replaceChildren(line);
}

/** @param {unknown} error */
function tellProblem(error) {
  const words = error instanceof Error ? error.message : String(error);
  notice.replaceChildren(make("p", { class: "notice notice--problem" }, words));
}

/** @param {string} words @param {() => void} press */
function button(words, press) {
  const element = make("button", { type: "button", class: "notice__button" }, words);
  element.addEventListener("click", press);
  return element;
}

/** Says beside the day of the check what is wrong with it. @param {string} problem */
function markToday(problem) {
  const message = byId("today-error", HTMLElement);
  message.textContent = problem;
  message.hidden = problem === "";
  today.classList.toggle("govuk-input--error", problem !== "");
  today.toggleAttribute("aria-invalid", problem !== "");
}

/** GOV.UK's own behaviour, where it is there: the page works without. */
async function startGovuk() {
  document.body.classList.add("js-enabled", "govuk-frontend-supported");
  // Not a literal, so that the type checker leaves the file alone.
  const address = "./vendor/govuk/govuk-frontend.min.js";
  const govuk = await import(/** @type {string} */ (address)).catch(() => null);
  govuk?.initAll();
}
