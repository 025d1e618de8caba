// For whoever writes a map: what of a form has a place, what has none, and what the procedure asks for in vain.

/** @import { Procedure, Validator } from "./cinplan.js" */
/** @import { NameMap } from "./map.js" */
/** @import { Control, Field, ReadOptions } from "./read.js" */
/** @import { Stage } from "./form.js" */

import { checkerFor } from "./core.js";
import { checkMap, knownPlaces, namesFor } from "./map.js";
import { allFields, controls } from "./read.js";

/**
 * @typedef {object} Explanation
 * @property {{ name: string, path: string }[]} placed Controls with their place in the record.
 * @property {{ name: string, id: string, label: string }[]} unplaced Controls without a place, hidden ones left out.
 * @property {{ name: string, path: string }[]} unknown Controls that name a place which the record does not have.
 * @property {{ path: string, names: string[] }[]} twice Places that more than one control would fill.
 * @property {string[]} unused Names of the map that no control answers to.
 * @property {{ path: string, rules: string[], always: boolean }[]} missing Places that the procedure asks for at this
 *   stage and that have no control, with the rules that ask. With `always`, each plan from this form will be told so;
 *   else those that use this part of the form.
 */

/**
 * Tells how a form and a map fit together, for the time of writing one: `console.table(explainMap(…).missing)`. Nothing
 * on the page is changed. The module has to be initialised before.
 * @param {Element} form
 * @param {NameMap | undefined} map
 * @param {{ procedure: string | Procedure | Validator, stage: Stage, ignore?: string }} options The procedure and the
 *   stage that the form is for; `ignore` as with `attach`.
 * @returns {Explanation}
 * @throws {Error} With a `code`: `unreadable-map`, `not-initialised`, `unknown-procedure`, `unreadable-procedure` or
 *   `unreadable-stage`.
 */
export function explainMap(form, map, { procedure, stage, ignore }) {
  if (map) checkMap(map);
  const { validator: checker, free } = checkerFor(procedure);
  const validator = /** @type {Validator} */ (checker);
  try {
    const isKnown = knownPlaces(validator);
    const all = allFields(form, { map, ignore }, true);
    const known = all.filter(({ path }) => isKnown(path));
    const ours = controls(form).filter((control) => !control.closest(ignore ?? "[data-cin-ignore]"));
    const held = new Set(all.flatMap(({ controls }) => controls));
    return {
      placed: pairsOf(known),
      unplaced: ours.filter((control) => !held.has(control) && control.type !== "hidden").map(described),
      unknown: pairsOf(all.filter((field) => !known.includes(field))),
      twice: known.map((field) => ({ path: field.path, names: rivals(field) })).filter(({ names }) => names.length > 1),
      unused: unusedNames(ours, map ?? {}),
      missing: validator.wanted(stage).filter(isMissing(known.map(({ path }) => withoutRows(path)))),
    };
  } finally {
    free();
  }
}

/** @param {Field[]} fields */
const pairsOf = (fields) => fields.flatMap(({ path, controls }) => controls.map(({ name }) => ({ name, path })));

/** @param {Control} control */
function described(control) {
  const { labels } = /** @type {HTMLInputElement} */ (/** @type {unknown} */ (control));
  const label = control.getAttribute("aria-label") ?? labels?.[0]?.textContent ?? "";
  return { name: control.name ?? "", id: control.id, label: label.replace(/\s+/g, " ").trim() };
}

/**
 * The controls that speak for a field. The parts of a date are one, and so are boxes of one name with what stands hidden
 * beside them; any others would overrule each other.
 * @param {Field} field
 */
function rivals({ controls, date, list }) {
  const isBox = (/** @type {Control} */ { type }) => type === "radio" || type === "checkbox";
  const parts = Object.values(date ?? {});
  const others = controls.filter((control) => !parts.includes(control));
  const boxes = new Set(others.filter(isBox).map(({ name }) => name));
  const single = others.filter((control) => !isBox(control) && !(control.type === "hidden" && boxes.has(control.name)));
  if (list) return [];
  return [...parts.slice(0, 1).map(({ name }) => name), ...boxes, ...single.map(({ name }) => name)];
}

/**
 * @param {Control[]} controls
 * @param {NameMap} map
 */
function unusedNames(controls, map) {
  const used = new Set(controls.flatMap(({ name }) => namesFor(name ?? "", map)));
  return Object.keys(map).filter((name) => !used.has(name));
}

/** @param {string} path */
const withoutRows = (path) => path.replace(/\[\d+\]/g, "[]");

/**
 * A list is there with any control of its rows. What is asked of a row, or of a part that may stay empty, is missing
 * where the form has the rest of it.
 * @param {string[]} places
 * @returns {(wanted: { path: string, always: boolean }) => boolean}
 */
const isMissing = (places) => ({ path, always }) => {
  const isThere = places.some((place) => place === path || place.startsWith(`${path}.`) || place.startsWith(`${path}[`));
  const part = path.includes("]") ? path.slice(0, path.lastIndexOf("]") + 1) : path.slice(0, path.lastIndexOf("."));
  return !isThere && (always || places.some((place) => place.startsWith(`${part}.`)));
};
