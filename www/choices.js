// Controls that choose a row of another list, controls that are given something they do not offer, and "Nothing" among
// tick boxes.

import { answersIn, keyOf, place } from "./rows.js";

/** Stands for the rows of every list that a reason can be about. */
const EVERY_LIST = "*";

/**
 * Offers the rows of a list in the controls that choose one: <select data-choices="plan.needs">. The value is the row's
 * key. A list called * stands for all.
 *
 * @param {HTMLFormElement} form
 */
export function refreshChoices(form) {
  /** @type {Map<string, [string, string][]>} */
  const offers = new Map();
  for (const select of form.querySelectorAll("select[data-choices]")) {
    if (!(select instanceof HTMLSelectElement)) continue;
    const list = select.dataset.choices ?? "";
    const rows = offers.get(list) ?? choicesOf(form, list);
    offers.set(list, rows);
    // Only where something changed: a list that is open would close.
    const wanted = JSON.stringify(rows);
    if (select.dataset.offered === wanted) continue;
    select.dataset.offered = wanted;
    const chosen = select.value;
    select.replaceChildren(new Option("", ""), ...rows.map(([key, text]) => new Option(text, key)));
    select.value = offer(select, chosen);
  }
}

/** Makes sure that a select control offers a value. @param {HTMLSelectElement} select @param {string} value */
export function offer(select, value) {
  if (value !== "" && ![...select.options].some((option) => option.value === value))
    select.append(new Option(value, value));
  return value;
}

/** @param {HTMLFormElement} form @param {string} list @returns {[string, string][]} */
function choicesOf(form, list) {
  const rows = list === EVERY_LIST ? '[data-rows]:not([data-rows="accepted"])' : `[data-rows="${list}"]`;
  return [...form.querySelectorAll(`${rows} > .row`)].map((row) => [
    keyOf(row).value,
    [place(row), ...answersIn(row, row.parentElement?.dataset.rows === "meetings" ? 2 : 1)].join(" · "),
  ]);
}

/**
 * "Nothing" and the other tick boxes of its group exclude each other.
 *
 * @param {HTMLFormElement} form
 * @param {EventTarget | null} changed
 */
export function keepApart(form, changed) {
  if (!(changed instanceof HTMLInputElement) || changed.type !== "checkbox" || !changed.checked) return;
  const isNothing = (/** @type {HTMLInputElement} */ box) => box.dataset.behaviour === "exclusive";
  for (const box of form.querySelectorAll('input[type="checkbox"]')) {
    if (box instanceof HTMLInputElement && box.name === changed.name && isNothing(box) !== isNothing(changed))
      box.checked = false;
  }
}
