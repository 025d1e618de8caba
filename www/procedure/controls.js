// The controls of the page, drawn from what a value can be. Each can say what is wrong with what it holds.

import { hidden, make } from "../page.js";
import { isJson, isTicked } from "./draft.js";

/** @import { Accepts } from "../../pkg/cinplan.js" */

/** @typedef {HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement} Control */

/**
 * A control with its label and hint, and room for what is wrong.
 *
 * @param {string} id
 * @param {string} label
 * @param {string} hint
 * @param {Control} control
 */
export function field(id, label, hint, control) {
  control.id = id;
  const group = make("div", { class: "govuk-form-group" }, make("label", { class: "govuk-label", for: id }, label));
  if (hint) group.append(make("p", { class: "govuk-hint", id: `${id}-hint` }, hint));
  if (hint) control.setAttribute("aria-describedby", `${id}-hint`);
  group.append(control);
  return group;
}

/**
 * Several controls under one legend.
 *
 * @param {string} id
 * @param {string} legend
 * @param {...HTMLElement} controls
 */
export function fieldset(id, legend, ...controls) {
  const set = make(
    "fieldset",
    { class: "govuk-fieldset", id },
    make("legend", { class: "govuk-fieldset__legend" }, legend),
    ...controls,
  );
  return make("div", { class: "govuk-form-group" }, set);
}

/**
 * @param {"checkbox" | "radio"} type
 * @param {{ id: string, name: string, value: string, label: string, checked: boolean }} about
 */
export function tick(type, { id, name, value, label, checked }) {
  const kind = type === "radio" ? "radios" : "checkboxes";
  const input = make("input", { class: `govuk-${kind}__input`, type, id, name, value });
  input.checked = checked;
  const item = make(
    "div",
    { class: `govuk-${kind}__item` },
    input,
    make("label", { class: `govuk-label govuk-${kind}__label`, for: id }, label),
  );
  return { input, item };
}

/** @param {string} value @param {string} [width] */
export function input(value, width = "") {
  const control = make("input", { class: `govuk-input ${width}`.trim(), type: "text", autocomplete: "off", spellcheck: "false" });
  control.value = value;
  return control;
}

/** @param {string} value @param {number} rows */
export function textarea(value, rows) {
  const control = make("textarea", { class: "govuk-textarea", rows: String(rows), spellcheck: "false" });
  control.value = value;
  return control;
}

/** Offers choices, and whatever else is there already. @param {string} value @param {[string, string][]} choices */
export function select(value, choices) {
  const control = make("select", { class: "govuk-select" });
  const known = choices.some(([one]) => one === value);
  control.append(...(known ? [] : [new Option(value, value)]), ...choices.map(([one, text]) => new Option(text, one)));
  control.value = value;
  return control;
}

/** @param {string} choice */
const inWords = (choice) => {
  const words = choice.replaceAll("-", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
};

/**
 * The control for the value of a term; none where it is simply asked.
 *
 * @param {string} id
 * @param {Accepts} accepts
 * @param {string | string[]} draft
 * @param {(draft: string | string[]) => void} typed
 * @returns {HTMLElement[]}
 */
export function valueField(id, accepts, draft, typed) {
  if (accepts.kind === "asked") return [];
  if (isTicked(accepts)) {
    const { choices } = accepts.of;
    const given = typeof draft === "string" ? [draft] : draft;
    const all = [...choices, ...given.filter((one) => !choices.includes(one))];
    const ticks = all.map((value, at) =>
      tick("checkbox", { id: `${id}-${at}`, name: id, value, label: inWords(value), checked: given.includes(value) }),
    );
    const boxes = make("div", { class: "govuk-checkboxes govuk-checkboxes--small" }, ...ticks.map(({ item }) => item));
    const group = fieldset(id, "Value", boxes);
    boxes.addEventListener("change", () => typed(ticks.filter(({ input }) => input.checked).map(({ input }) => input.value)));
    return [group];
  }
  const text = String(draft);
  const control = controlFor(accepts, text);
  control.addEventListener("input", () => typed(control.value));
  return [field(id, "Value", hintFor(accepts), control)];
}

/** @param {Accepts} accepts @param {string} text @returns {Control} */
function controlFor(accepts, text) {
  if (accepts.kind === "choice") return select(text, accepts.choices.map((choice) => [choice, inWords(choice)]));
  if (accepts.kind === "limit") return textarea(text, 2);
  if (isJson(accepts)) return textarea(text, 8);
  return input(text, accepts.kind === "number" ? "govuk-input--width-3" : "");
}

/** @param {Accepts} accepts */
function hintFor(accepts) {
  if (accepts.kind === "number") return `A whole number from ${accepts.least} to ${accepts.most}`;
  if (accepts.kind === "period") return "A period, such as 6 weeks or 10 working days";
  if (accepts.kind === "under") return "A period that is not reached, such as less than 6 weeks";
  if (accepts.kind === "limit")
    return "A period, such as 6 weeks or 10 working days. Of several, one a line, the first to run out counts.";
  if (accepts.kind === "group") return `Written as JSON, such as ${accepts.example}`;
  if (accepts.kind === "list" && accepts.of.kind === "group") return `Written as JSON, such as [${accepts.of.example}]`;
  return isJson(accepts) ? "Written as JSON" : "";
}

/**
 * Says at a field what is wrong with it; nothing where it is right.
 *
 * @param {HTMLElement} target a control, or a fieldset
 * @param {string} problem
 */
export function tell(target, problem) {
  const group = target.closest(".govuk-form-group");
  if (!group) return;
  const id = `${target.id}-error`;
  const before = document.getElementById(id);
  const isField = !(target instanceof HTMLFieldSetElement);
  group.classList.toggle("govuk-form-group--error", problem !== "");
  if (isField) {
    const kind = target.tagName === "TEXTAREA" ? "textarea" : target.tagName === "SELECT" ? "select" : "input";
    target.classList.toggle(`govuk-${kind}--error`, problem !== "");
    if (problem) target.setAttribute("aria-invalid", "true");
    else target.removeAttribute("aria-invalid");
  }
  const described = (target.getAttribute("aria-describedby") ?? "").split(" ").filter((one) => one && one !== id);
  if (problem) described.push(id);
  if (described.length > 0) target.setAttribute("aria-describedby", described.join(" "));
  else target.removeAttribute("aria-describedby");
  if (!problem) return before?.remove();
  const message = make("p", { class: "govuk-error-message", id }, hidden("Error: "), problem);
  if (before) before.replaceWith(message);
  else if (isField) target.before(message);
  else target.querySelector("legend")?.after(message);
}
