// Starts the page: the plan in the middle, the examples and files above it, and what was found beside it.

import init, { Validator, procedures, rules } from "../pkg/cinplan.js";
import { attach, goTo } from "../pkg/form.js";
import { calendarFile } from "../pkg/calendar.js";
import { checklist } from "../pkg/checklist.js";
import "../pkg/timeline.js";
import { applies } from "./applies.js";
import { copiesPage } from "./copies.js";
import { differencePanel } from "./difference.js";
import { example as loadExample, listExamples } from "./examples.js";
import { download, readPlan, save } from "./files.js";
import { findingsPanel } from "./findings.js";
import { byId, counted, day, make, startGovuk, startPage, writeDaysOut } from "./page.js";
import { openPlan } from "./plan.js";

/** @import { Finding, PlanRecord, Report } from "../pkg/cinplan.js" */
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

await startPage(start);

async function start() {
  const [examples] = await Promise.all([listExamples(), init(), startGovuk()]);
  for (const { id, title } of procedures()) procedure.append(new Option(title, id));
  for (const { name, title } of examples) byId("example", HTMLSelectElement).append(new Option(title, name));
  today.value = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium" }).format(new Date());

  offerRules();
  const difference = differencePanel(byId("difference", HTMLElement));

  /**
   * Leads to the place for a reason that settles a finding, with what is known of it filled in.
   *
   * @param {Finding} finding
   * @param {string} asOf
   */
  const settle = ({ rule, item = "" }, asOf) => {
    const row = begun(rule, item) ?? plan.addRow("accepted", { rule, item, on: day(asOf) });
    if (!row) return tellProblem(new Error("There is no room for another recorded reason on this page."));
    const [reason, by] = [answerIn(row, "reason"), answerIn(row, "by")];
    goTo(reason.value.trim() ? by : reason, reason.name);
  };
  const draw = findingsPanel({ form, title, body, nav: byId("parts", HTMLElement) }, settle);
  /** The plan before something was taken away. @type {PlanRecord} */
  let earlier = {};
  const plan = openPlan(form, {
    before: () => (earlier = plan.current()),
    after({ change, what }) {
      if (change === "remove") tell(`${what} removed.`, putBack("Put it back"));
    },
  });
  const showParts = applies(form, plan.current);
  const answeredBy = byId("answered-by", HTMLInputElement);
  const questions = checklist(byId("checklist", HTMLElement), {
    template: byId("question", HTMLTemplateElement),
    record: plan.current,
    by: () => answeredBy.value,
    made(names) {
      writeDaysOut(byId("checklist", HTMLElement));
      plan.adopt(names);
    },
  });

  // The adapter checks while people type, and writes its messages beside the fields once they have been left. What it
  // checks is the whole plan: the form, and what a file held beyond it.
  const validators = new Map([...procedure.options].map(({ value }) => [value, Validator.builtIn(value)]));
  const checkerFor = (/** @type {string} */ id) => ({
    check: (/** @type {PlanRecord} */ _, /** @type {{ today: string, stage: Stage }} */ asked) =>
      /** @type {Validator} */ (validators.get(id)).check(plan.current(), asked),
  });
  copiesPage(() => ({
    validator: /** @type {Validator} */ (validators.get(procedure.value)),
    record: plan.current(),
  }));

  /** Whether somebody has asked for a check: nothing is told before. */
  let isAsked = false;
  const attached = attach(form, {
    validator: checkerFor(procedure.value),
    stage: /** @type {Stage} */ (stage.value),
    today: today.value,
    summary: false,
    smart: true,
    reasons: (finding, report) => settle(finding, report.today),
    on(report) {
      if (!isAsked) return;
      // While a field is being left nothing has the focus. What gets it may stand in the panel, which is drawn anew
      // once it is there.
      if (document.activeElement === document.body) setTimeout(() => tellAll(attached.report));
      else tellAll(report);
    },
  });

  /** @param {Report} report */
  const tellAll = (report) => {
    questions.update(report);
    draw(report);
    if (difference.from) difference.count(checkerFor(difference.from).check({}, asked()), report);
  };

  /** The stage and the day that are chosen. */
  const asked = () => ({ stage: /** @type {Stage} */ (stage.value), today: today.value });

  /**
   * Goes on with the procedure, stage and day that are chosen.
   *
   * @returns {string} what is wrong with the day, if anything
   */
  const followOptions = () => {
    try {
      attached.update({
        procedure: checkerFor(procedure.value),
        ...asked(),
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

  let chosen = procedure.value;
  options.addEventListener("change", () => {
    if (procedure.value !== chosen) difference.show(chosen, procedure.value, plan.current().plan?.kind ?? "");
    chosen = procedure.value;
    followOptions();
  });
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
    calendarKey = crypto.randomUUID();
    const left = plan.load(record);
    showParts(record);
    return left;
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
      const example = await loadExample(byId("example", HTMLSelectElement).value);
      replace(example.record, example.about);
      stage.value = example.stage;
      if (example.today) today.value = day(example.today, "medium");
      if (example.procedure) procedure.value = example.procedure;
      chosen = procedure.value;
      difference.hide();
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
    download(record, "plan.json");
    saved = JSON.stringify(record);
    tell("The plan is saved as it is, in your downloads.");
  });
  /** Kept while the plan is on the page: an entry of a later file takes the place of the one before. */
  let calendarKey = crypto.randomUUID();
  byId("calendar", HTMLButtonElement).addEventListener("click", () => {
    const calendar = calendarFile(attached.report, { key: calendarKey });
    if (!calendar) return tell("No deadline lies ahead, so there is nothing to put in a calendar.");
    save(calendar, "text/calendar", "deadlines.ics");
    tell("The deadlines that lie ahead are in your downloads, as a calendar file. It names nobody.");
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

/** Offers the checks in the controls that name one. */
function offerRules() {
  const named = rules()
    .filter(({ kind }) => kind === "rule" || kind === "deadline")
    .sort((a, b) => a.title.localeCompare(b.title));
  for (const template of form.querySelectorAll("template")) {
    const select = template.content.querySelector("select[data-rules]");
    for (const { id, title } of select ? named : []) select?.append(new Option(title, id));
  }
}

/** The row of a recorded reason that somebody has begun. @param {string} rule @param {string} item */
function begun(rule, item) {
  return [...form.querySelectorAll('[data-rows="accepted"] > .row')].find((row) => {
    const isSame = answerIn(row, "rule").value === rule && answerIn(row, "item").value === item;
    return isSame && !(answerIn(row, "reason").value.trim() && answerIn(row, "by").value.trim());
  });
}

/** @param {Element} row @param {string} name */
function answerIn(row, name) {
  return /** @type {HTMLInputElement} */ (row.querySelector(`[name$="].${name}"]`));
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
  const element = make("button", { type: "button", class: "link-button" }, words);
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
