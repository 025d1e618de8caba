// The plan between file and form. What a file holds and the form does not show is kept, checked and saved as it was;
// what nobody touched is saved as it was written.

import { fields, fill, read } from "../pkg/form.js";
import { keepApart, offer, refreshChoices } from "./choices.js";
import { writeDaysOut } from "./page.js";
import { changed, get, isBlank, isObject, withoutRow } from "./paths.js";
import { listPaths, rows } from "./rows.js";

/** @import { PlanRecord } from "../pkg/cinplan.js" */

/** Levels of a file that a form can hold. What lies deeper is kept and not shown. */
const DEEPEST = 12;

/**
 * @param {HTMLFormElement} form
 * @param {Parameters<typeof rows>[1]} hooks called when somebody adds or removes a row
 */
export function openPlan(form, hooks) {
  /** What was loaded. @type {unknown} */
  let loaded = {};
  /** What the form held right after that. @type {unknown} */
  let untouched = {};
  /** Whether something was removed since. */
  let isShorter = false;
  let isLoading = false;

  const list = rows(form, {
    before: hooks.before,
    after(event) {
      if (event.change === "remove") {
        // The rows after it have moved up in the form.
        loaded = withoutRow(loaded, event.list, event.index);
        untouched = withoutRow(untouched, event.list, event.index);
        isShorter = true;
      }
      refreshChoices(form);
      hooks.after(event);
    },
  });
  form.addEventListener("change", ({ target }) => {
    if (isLoading) return;
    keepApart(form, target);
    refreshChoices(form);
  });

  /** @param {unknown} record @returns {number} how many answers the form has no room for */
  const load = (record) => {
    isLoading = true;
    loaded = record;
    isShorter = false;
    list.fit(record);
    refreshChoices(form);
    const left = fill(form, /** @type {PlanRecord} */ (upTo(DEEPEST, record))).filter(
      (path) => !offerAt(form, path, record),
    );
    refreshChoices(form);
    writeDaysOut(form);
    for (const box of nothingBoxes(form)) box.checked = isEmptyList(get(record, box.name));
    list.fold(record);
    untouched = typedIn(form);
    isLoading = false;
    const isNothing = (/** @type {string} */ path) => nothingBoxes(form).some((box) => box.name === path && box.checked);
    // Judgements get their controls with the first check.
    return left.filter((path) => !path.startsWith("judgements.") && !isKey(path) && !isNothing(path)).length;
  };

  /** The plan as it stands. @returns {PlanRecord} */
  const current = () => {
    const typed = typedIn(form);
    let record = loaded;
    const all = names(form);
    for (const name of all) {
      const value = get(typed, name);
      if (!isKey(name) && !same(value, get(untouched, name))) record = changed(record, name, value);
    }
    // Every row in which something stands has a key, so that others can name it.
    for (const name of all.filter(isKey)) {
      if (isObject(get(record, name.slice(0, -".id".length))) && get(record, name) === undefined) {
        record = changed(record, name, get(typed, name));
      }
    }
    return /** @type {PlanRecord} */ (record ?? {});
  };

  load({});

  return {
    load,
    current,
    /**
     * Adds a row that holds some answers already.
     *
     * @param {string} path of the list
     * @param {Record<string, string>} answers by the name of the control in the row
     * @returns {HTMLElement | null} the row; null where there is no room for another
     */
    addRow(path, answers) {
      const row = list.append(path);
      for (const control of row?.querySelectorAll("input, select, textarea") ?? []) {
        const named = /** @type {HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement} */ (control);
        const answer = answers[named.name.slice(named.name.lastIndexOf("].") + 2)];
        if (answer === undefined) continue;
        named.value = named instanceof HTMLSelectElement ? offer(named, answer) : answer;
      }
      // As if it had been typed: the adapter and the other controls follow.
      row?.dispatchEvent(new Event("change", { bubbles: true }));
      return row;
    },
    /** The plan for a file: without the rows that were never filled in. @returns {PlanRecord} */
    toSave() {
      /** @type {unknown} */
      let record = current();
      for (const path of listPaths(form)) {
        const rows = get(record, path);
        if (!Array.isArray(rows)) continue;
        const given = get(loaded, path);
        const fromFile = Array.isArray(given) ? given.length : 0;
        const kept = rows.filter((row, index) => index < fromFile || !isBlank(row));
        record = changed(record, path, kept.length > 0 || fromFile > 0 ? kept : undefined);
      }
      return /** @type {PlanRecord} */ (record ?? {});
    },
    /** Takes what controls hold now for what was loaded. @param {string[]} names */
    adopt(names) {
      const typed = typedIn(form);
      for (const name of names) untouched = changed(untouched, name, get(typed, name)) ?? {};
    },
    /** Whether anything was entered or removed since the plan was loaded. */
    isTouched() {
      const typed = typedIn(form);
      return isShorter || names(form).some((name) => !isKey(name) && !same(get(typed, name), get(untouched, name)));
    },
  };
}

/**
 * What the form holds. "Nothing" among tick boxes is an answer: an empty list.
 *
 * @param {HTMLFormElement} form
 * @returns {unknown}
 */
function typedIn(form) {
  return nothingBoxes(form)
    .filter((box) => box.checked)
    .reduce((/** @type {unknown} */ typed, box) => changed(typed, box.name, []), read(form));
}

/** @param {HTMLFormElement} form */
function nothingBoxes(form) {
  return [...form.querySelectorAll("input[data-behaviour=exclusive]")].filter((box) => box instanceof HTMLInputElement);
}

/** @param {unknown} data */
function isEmptyList(data) {
  return Array.isArray(data) && data.length === 0;
}

/** @param {HTMLFormElement} form */
function names(form) {
  return fields(form).map((field) => field.path);
}

/** @param {string} name */
function isKey(name) {
  return name.endsWith("].id");
}

/** @param {unknown} a @param {unknown} b */
function same(a, b) {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}

/**
 * Makes room in a select control for something that it does not offer, so that it is seen and told.
 *
 * @param {HTMLFormElement} form
 * @param {string} path
 * @param {unknown} record
 */
function offerAt(form, path, record) {
  const control = form.elements.namedItem(path);
  if (!(control instanceof HTMLSelectElement)) return false;
  control.value = offer(control, String(get(record, path)));
  return true;
}

/** @param {number} levels @param {unknown} data @returns {unknown} */
function upTo(levels, data) {
  if (typeof data !== "object" || data === null) return data;
  if (levels === 0) return undefined;
  if (Array.isArray(data)) return data.map((row) => upTo(levels - 1, row));
  return Object.fromEntries(Object.entries(data).map(([name, value]) => [name, upTo(levels - 1, value)]));
}
