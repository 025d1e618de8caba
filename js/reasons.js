// Recorded reasons: where a manual leaves room, a reason with a name, a role and a day settles a finding.
//
// They are controls of the form, named as the record is: accepted[0].reason. A place for them is an element of the host;
// what is typed there stays there, whatever becomes of the finding.

/** @import { Finding, PlanRecord } from "./cinplan.js" */

import { long } from "./days.js";
import { focus } from "./place.js";
import { fields, fill } from "./read.js";

/**
 * The words around recorded reasons.
 * @typedef {object} ReasonTexts
 * @property {string} offer Leads to the reason, from the finding.
 * @property {string} heading Before what a reason is about.
 * @property {string} reason Label.
 * @property {string} by Label.
 * @property {string} role Label.
 * @property {string} on Label.
 * @property {string} back Leads back to the finding or its field.
 * @property {string} remove Takes a reason away.
 */

/** @type {ReasonTexts} */
export const REASON_TEXTS = {
  offer: "Record a reason",
  heading: "Reason",
  reason: "Reason",
  by: "Name",
  role: "Role",
  on: "Date",
  back: "Go back to the field",
  remove: "Remove this reason",
};

/**
 * Goes to the reason for a finding in a place for reasons, and makes room for it where there is none yet.
 * @param {Element} place
 * @param {Pick<Finding, "rule" | "item" | "message">} finding
 * @param {{ today?: string, form?: Element, back?: () => void, texts?: Partial<ReasonTexts> }} [options] The day that is filled
 *   in, and what leads back from the reason.
 */
export function recordReason(place, finding, { today = "", form, back, texts } = {}) {
  const item = finding.item ?? "";
  const begun = rowsIn(place).find((row) => valueIn(row, "rule") === finding.rule && valueIn(row, "item") === item && !isComplete(row));
  const row = begun ?? addRow(place, finding.message, { rule: finding.rule, item, on: today && long(today) }, { form, texts });
  const leave = row.querySelector("[data-cin-back]");
  if (back && leave instanceof HTMLElement) {
    leave.hidden = false;
    leave.onclick = back;
  }
  const blank = ["reason", "by", "role"].map((leaf) => controlIn(row, leaf)).find((control) => !control?.value.trim());
  const first = blank ?? controlIn(row, "reason");
  row.scrollIntoView({ block: "nearest" });
  if (first) focus(first);
}

/**
 * Puts the reasons that a record holds into a place for reasons, so that a form that was saved has them again.
 * @param {Element} place
 * @param {PlanRecord} record
 * @param {{ form?: Element, texts?: Partial<ReasonTexts>, title?: (rule: string) => string }} [options] What a reason is about, by
 *   the id of its rule.
 */
export function showReasons(place, record, { form, texts, title = (rule) => rule } = {}) {
  for (const given of record.accepted ?? []) {
    if (given) addRow(place, title(String(given.rule ?? "")), given, { form, texts });
  }
}

/**
 * @param {Element} place
 * @param {string} about
 * @param {NonNullable<NonNullable<PlanRecord["accepted"]>[number]>} given
 * @param {{ form?: Element, texts?: Partial<ReasonTexts> }} options
 */
function addRow(place, about, given, options) {
  const page = place.ownerDocument;
  const texts = { ...REASON_TEXTS, ...options.texts };
  const owner = options.form ?? place.closest("form") ?? place;
  const stem = `accepted[${nextRow(owner, place)}]`;
  const row = page.createElement("fieldset");
  row.className = "cinplan-reason";
  const legend = page.createElement("legend");
  legend.className = "cinplan-reason__legend";
  legend.textContent = `${texts.heading}: ${about}`;
  row.append(legend);
  for (const leaf of /** @type {const} */ (["id", "rule", "item", "reason", "by", "role", "on"])) {
    const isHidden = leaf === "id" || leaf === "rule" || leaf === "item";
    // What a record does not have is not made up.
    if (isHidden && !given[leaf]) continue;
    const control = page.createElement(leaf === "reason" ? "textarea" : "input");
    control.name = `${stem}.${leaf}`;
    if (owner instanceof HTMLFormElement && owner.getAttribute("id") && !owner.contains(place)) {
      control.setAttribute("form", owner.getAttribute("id") ?? "");
    }
    if (control instanceof HTMLInputElement && isHidden) {
      control.type = "hidden";
      row.append(control);
      continue;
    }
    control.id = control.name;
    const label = page.createElement("label");
    label.className = "cinplan-reason__label";
    label.append(texts[/** @type {"reason" | "by" | "role" | "on"} */ (leaf)], control);
    row.append(label);
  }
  const back = button(texts.back);
  back.setAttribute("data-cin-back", "");
  back.hidden = true;
  const remove = button(texts.remove);
  remove.addEventListener("click", () => {
    row.remove();
    back.click();
  });
  const tools = page.createElement("p");
  tools.className = "cinplan-reason__tools";
  tools.append(back, remove);
  row.append(tools);
  /** @type {NonNullable<PlanRecord["accepted"]>} */
  const accepted = [];
  accepted[Number(/\d+/.exec(stem)?.[0])] = given;
  fill(row, { accepted: Array.from(accepted, (one) => one ?? null) }, { keep: true });
  place.append(row);
  return row;

  /** @param {string} text */
  function button(text) {
    const made = page.createElement("button");
    made.type = "button";
    made.className = "cinplan-reason__button";
    made.textContent = text;
    return made;
  }
}

/**
 * The number after the last that is taken.
 * @param {Element} owner
 * @param {Element} place
 */
function nextRow(owner, place) {
  const paths = [...fields(owner), ...fields(place)].map(({ path }) => /^accepted\[(\d+)\]/.exec(path)?.[1]);
  return Math.max(-1, ...paths.map((number) => Number(number ?? -1))) + 1;
}

/** @param {Element} place */
const rowsIn = (place) => [...place.querySelectorAll(".cinplan-reason")];

/**
 * @param {Element} row
 * @param {string} leaf
 * @returns {HTMLInputElement | null}
 */
const controlIn = (row, leaf) => row.querySelector(`[name$="].${leaf}"]`);

/**
 * @param {Element} row
 * @param {string} leaf
 */
const valueIn = (row, leaf) => controlIn(row, leaf)?.value ?? "";

/** @param {Element} row */
const isComplete = (row) => ["reason", "by"].every((leaf) => valueIn(row, leaf).trim());
