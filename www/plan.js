// The plan between file and form. What a file holds and the form does not show is kept, checked and saved as it was; what
// nobody touched is saved as it was written.

import { fields, fill, read } from "../pkg/form.js";
import { offer, refreshChoices } from "./choices.js";
import { day } from "./page.js";
import { changed, get, isObject, withoutRow } from "./paths.js";
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
  form.addEventListener("change", () => {
    if (!isLoading) refreshChoices(form);
  });

  /** @param {unknown} record @returns {number} how many answers the form has no room for */
  const load = (record) => {
    isLoading = true;
    loaded = record;
    isShorter = false;
    list.fit(record);
    refreshChoices(form);
    const left = fill(form, /** @type {PlanRecord} */ (upTo(DEEPEST, record))).filter((path) => !offerAt(form, path, record));
    refreshChoices(form);
    writeDaysOut(form);
    list.fold();
    untouched = read(form);
    // A row that came without a key has one from now on.
    for (const name of names(form)) {
      if (isKey(name) && get(record, name) === undefined) untouched = changed(untouched, name, undefined);
    }
    isLoading = false;
    return left.length;
  };

  /** The plan as it stands. @returns {PlanRecord} */
  const current = () => {
    const typed = read(form);
    let record = loaded;
    for (const name of names(form)) {
      const value = get(typed, name);
      if (!same(value, get(untouched, name))) record = changed(record, name, value);
    }
    return /** @type {PlanRecord} */ (record ?? {});
  };

  load({});

  return {
    load,
    current,
    /** The plan for a file: without the rows that were never filled in. @returns {PlanRecord} */
    toSave() {
      /** @type {unknown} */
      let record = current();
      for (const path of listPaths(form)) {
        const rows = get(record, path);
        if (!Array.isArray(rows)) continue;
        const given = get(loaded, path);
        const fromFile = Array.isArray(given) ? given.length : 0;
        const kept = rows.filter((row, index) => index < fromFile || !isEmptyRow(row));
        record = changed(record, path, kept.length > 0 || fromFile > 0 ? kept : undefined);
      }
      return /** @type {PlanRecord} */ (record ?? {});
    },
    /** Takes what controls hold now for what was loaded. @param {string[]} names */
    adopt(names) {
      const typed = read(form);
      for (const name of names) untouched = changed(untouched, name, get(typed, name)) ?? {};
    },
    /** Whether anything was entered or removed since the plan was loaded. */
    isTouched() {
      const typed = read(form);
      return isShorter || names(form).some((name) => !isKey(name) && !same(get(typed, name), get(untouched, name)));
    },
  };
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

/** Whether nothing but its key is in a row. @param {unknown} row @returns {boolean} */
function isEmptyRow(row) {
  if (Array.isArray(row)) return row.every(isEmptyRow);
  if (isObject(row)) return Object.entries(row).every(([name, value]) => name === "id" || isEmptyRow(value));
  return row === undefined || row === null || row === "";
}

/** Makes room in a select control for something that it does not offer, so that it is seen and told. @param {HTMLFormElement} form @param {string} path @param {unknown} record */
function offerAt(form, path, record) {
  const control = form.elements.namedItem(path);
  if (!(control instanceof HTMLSelectElement)) return false;
  control.value = offer(control, String(get(record, path)));
  return true;
}

/** Shows the days of a file the way people write them. @param {HTMLFormElement} form */
function writeDaysOut(form) {
  for (const control of form.querySelectorAll("input[data-day]")) {
    if (control instanceof HTMLInputElement && /^\d{4}-\d\d-\d\d$/.test(control.value)) {
      // A day that does not exist is left as it is: it is told beside the control.
      const date = new Date(`${control.value}T00:00:00Z`);
      if (!Number.isNaN(date.getTime()) && date.toISOString().startsWith(control.value)) control.value = day(control.value);
    }
  }
}

/** @param {number} levels @param {unknown} data @returns {unknown} */
function upTo(levels, data) {
  if (typeof data !== "object" || data === null) return data;
  if (levels === 0) return undefined;
  if (Array.isArray(data)) return data.map((row) => upTo(levels - 1, row));
  return Object.fromEntries(Object.entries(data).map(([name, value]) => [name, upTo(levels - 1, value)]));
}
