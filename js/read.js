// From a form to the record it holds, and back.
//
// A control belongs to the record by its name (`plan.actions[0].what`), by its `data-cin` attribute, or by a map from
// the host's own names. What was typed is handed on as it stands: judging it is not for this file.

/** @import { PlanRecord } from "./cinplan.js" */
/** @import { NameMap, Values } from "./map.js" */

import { isPath, mappedPlace, numberRows, placeAt } from "./map.js";

/**
 * Anything in a form that has a name and a value, custom elements among them.
 * @typedef {HTMLElement & { name: string, value: string, type: string, form?: HTMLFormElement | null }} Control
 */

/**
 * What a control says: text as typed, yes or no, or several choices.
 * @typedef {string | boolean | string[]} Value
 */

/**
 * @typedef {object} ReadOptions
 * @property {NameMap} [map] The host's control names and where they belong.
 * @property {string} [ignore] Selector of branches that are left out; `[data-cin-ignore]` unless given.
 */

/**
 * One place of the record with the controls that hold it: one, or the three of a date, or a group of radios or tick
 * boxes. In the order of the page.
 * @typedef {object} Field
 * @property {string} path
 * @property {Control[]} controls
 * @property {DateParts} [date] The controls of a date in three parts.
 * @property {boolean} list Whether it holds several choices.
 * @property {Values} values The meaning of values, where the map says one.
 */

/** @typedef {{ day?: Control, month?: Control, year?: Control }} DateParts */

/**
 * @typedef {object} Place
 * @property {string} path
 * @property {"day" | "month" | "year"} [part]
 * @property {boolean} [list]
 * @property {Values} [values]
 * @property {string[]} [pieces] The path in pieces, with the host's keys of rows between them.
 */

/** Rows beyond this are read by nobody: the core stops there too. */
const MOST_ROWS = 5000;

const NOT_READ = new Set(["button", "submit", "reset", "image", "file", "fieldset", "output", "object"]);

/** The values of a control that means what it says. */
const AS_TYPED = Object.freeze({});

/**
 * What stands for something that the browser itself could not read, such as a half-filled native date: it has no text
 * to hand on, and it is not blank either.
 */
const UNREADABLE = "not readable";

/**
 * Reads a form into a record. Blank answers are left out; a removed row leaves an empty one, so that the rows after it
 * keep their index.
 * @param {Element} root A form, or any element around controls.
 * @param {ReadOptions} [options]
 * @returns {PlanRecord}
 */
export function read(root, options) {
  return recordOf(pairs(root, options));
}

/**
 * The record that pairs of path and value make up.
 * @param {Iterable<[path: string, value: Value]>} pairs
 */
export function recordOf(pairs) {
  /** @type {Record<string, unknown>} */
  const record = {};
  for (const [path, value] of pairs) put(record, path, value);
  return /** @type {PlanRecord} */ (record);
}

/**
 * Reads a form into pairs of path and value, blank answers left out.
 * @param {Element} root
 * @param {ReadOptions} [options]
 * @returns {[path: string, value: Value][]}
 */
export function pairs(root, options) {
  /** @type {[string, Value][]} */
  const pairs = [];
  for (const field of fields(root, options)) {
    const value = answer(field);
    if (value !== null) pairs.push([field.path, value]);
  }
  return pairs;
}

/**
 * Puts a record into a form: the inverse of `read`. Controls of which the record says nothing are emptied, except
 * hidden ones. Rows are the host's to add beforehand. `input` and `change` are dispatched on what has changed.
 * @param {Element} root
 * @param {PlanRecord} record
 * @param {ReadOptions & { keep?: boolean }} [options] With `keep`, what has no control gets a hidden one, so that it is read
 *   and sent with the rest; the next `fill` takes these away.
 * @returns {string[]} Paths of answers for which there is no control, or none that can hold them.
 */
export function fill(root, record, options) {
  for (const kept of root.querySelectorAll("[data-cin-kept]")) kept.remove();
  const answers = new Map(leaves(record, ""));
  const fields = allFields(root, options, true);
  for (const field of fields) {
    const value = answers.get(field.path);
    if (value === undefined && field.controls.every((control) => control.type === "hidden")) continue;
    if (give(field, value ?? "")) answers.delete(field.path);
  }
  const taken = new Set(fields.map(({ path }) => path));
  for (const [path, value] of answers) {
    if (taken.has(path)) continue;
    // An empty list for which there is no control may be one of rows.
    if (options?.keep ? keep(root, path, value) : isEmptyList(value)) answers.delete(path);
  }
  return [...answers.keys()];
}

/**
 * The fields of a form, as far as they are read: disabled controls are not, just as they are not submitted; controls in
 * hidden or closed parts are.
 * @param {Element} root
 * @param {ReadOptions} [options]
 * @returns {Field[]}
 */
export function fields(root, options) {
  return allFields(root, options, false);
}

/**
 * Every control below a form or element, whoever's it is.
 * @param {Element} root
 * @returns {Control[]}
 */
export function controls(root) {
  // A form also owns controls that stand elsewhere and name it in their `form` attribute.
  const found = root instanceof HTMLFormElement ? root.elements : root.querySelectorAll("input, select, textarea");
  return /** @type {Control[]} */ ([...found]).filter((control) => !NOT_READ.has(control.type));
}

/**
 * The fields of a form, on request with those that are not read just now, as they are disabled.
 * @param {Element} root
 * @param {ReadOptions | undefined} options
 * @param {boolean} withDisabled
 * @returns {Field[]}
 */
export function allFields(root, { map, ignore = "[data-cin-ignore]" } = {}, withDisabled) {
  /** @type {{ control: Control, place: Place }[]} */
  const found = [];
  for (const control of controls(root)) {
    if (control.closest(ignore) || (!withDisabled && control.matches(":disabled"))) continue;
    const place = placeOf(control, map);
    if (place) found.push({ control, place });
  }
  numberRows(found.map(({ place }) => place));

  /** @type {Map<string, Field>} */
  const fields = new Map();
  for (const { control, place } of found) {
    if (!isPath(place.path)) continue;
    /** @type {Field} */
    const field = fields.get(place.path) ?? { path: place.path, controls: [], list: false, values: AS_TYPED };
    fields.set(place.path, field);
    field.controls.push(control);
    if (place.part) (field.date ??= {})[place.part] ??= control;
    if (place.values) field.values = place.values;
    if (place.list || control.type === "select-multiple") field.list = true;
  }
  for (const field of fields.values()) field.list ||= field.controls.filter(isTickBox).length > 1;
  return [...fields.values()];
}

// ---- where a control belongs ----

/**
 * @param {Control} control
 * @param {NameMap} [map]
 * @returns {Place | undefined}
 */
function placeOf(control, map) {
  const own = control.getAttribute("data-cin");
  if (own !== null) return placeAt(own);
  const name = control.name ?? "";
  if (map) {
    const mapped = mappedPlace(name, map);
    if (mapped !== undefined) return mapped ?? undefined;
  }
  return partOfMarkedDate(control, name) ?? placeAt(name);
}

/**
 * A date input whose parts are named `day`, `month` and `year` alone stands in an element that names the place.
 * @param {Control} control
 * @param {string} name
 * @returns {Place | undefined}
 */
function partOfMarkedDate(control, name) {
  const part = /(day|month|year)\]?$/i.exec(name)?.[1].toLowerCase();
  const path = part && control.closest("[data-cin]")?.getAttribute("data-cin");
  return path ? { path, part: /** @type {Place["part"]} */ (part) } : undefined;
}

// ---- what a field says ----

/**
 * @param {Field} field
 * @returns {Value | null} `null` where nothing was entered.
 */
export function answer(field) {
  const value = said(field);
  return value === "" ? null : value;
}

/**
 * @param {Field} field
 * @returns {Value | null}
 */
function said(field) {
  if (field.list) return choices(field);
  const date = field.date && joinedDate(field.date);
  if (date) return date;
  const box = field.controls.find(isTickBox);
  if (box?.checked) return ticked(field, box);
  for (const control of field.controls) {
    if (isTickBox(control) || isDatePart(field, control)) continue;
    const value = meaning(field, typed(control));
    if (value !== null && value !== "") return value;
  }
  return box && untickedIsNo(box) ? false : null;
}

/**
 * @param {Field} field
 * @returns {Value | null}
 */
function choices(field) {
  const chosen = field.controls
    .flatMap((control) => {
      if (isTickBox(control)) return control.checked ? [control.value] : [];
      if (control instanceof HTMLSelectElement) return [...control.selectedOptions].map((option) => option.value);
      return [typed(control)];
    })
    .map((value) => meaning(field, value))
    .filter((value) => value !== null && value !== "")
    .map(String);
  return chosen.length || field.controls.some(untickedIsNo) ? chosen : null;
}

/**
 * Nothing chosen is not an answer, unless the host says that it means no.
 * @param {Control} control
 */
const untickedIsNo = (control) => control.getAttribute("data-cin-unticked") === "no";

/**
 * A tick box on its own means yes, whatever its value is called, unless that says no: "Not seen alone", value `no`.
 * @param {Field} field
 * @param {Control} box
 * @returns {Value | null}
 */
function ticked(field, box) {
  const { values } = field;
  if (typeof values === "function") return values(box.value);
  return Object.hasOwn(values, box.value) ? values[box.value] : yesOrNo(box.value) !== false;
}

/**
 * @param {Field} field
 * @param {string} value
 */
function meaning({ values }, value) {
  // What nobody has filled in means nothing, and a function need not reckon with it.
  if (typeof values === "function") return value === "" ? value : values(value);
  return Object.hasOwn(values, value) ? values[value] : value;
}

/**
 * @param {Control} control
 * @returns {string}
 */
function typed(control) {
  if (control instanceof HTMLInputElement) {
    if (control.type === "radio") return control.checked ? control.value : "";
    if (control.value === "" && control.validity.badInput) return UNREADABLE;
  }
  // A placeholder such as "Choose one" is a disabled option; forms do not submit it either.
  if (control instanceof HTMLSelectElement && control.selectedOptions[0]?.disabled) return "";
  return typeof control.value === "string" ? control.value : "";
}

/**
 * The three parts as one text. Nothing is put right here, so that "31/2/2026" and "12//2026" are told as they are.
 * @param {DateParts} parts
 */
function joinedDate({ day, month, year }) {
  const texts = [day, month, year].map((part) => (part ? typed(part).trim() : ""));
  if (texts.every((text) => text === "")) return "";
  return texts.join(/[a-z]/i.test(texts[1]) ? " " : "/");
}

/**
 * @param {Field} field
 * @param {Control} control
 */
function isDatePart({ date }, control) {
  return date !== undefined && (control === date.day || control === date.month || control === date.year);
}

/**
 * @param {Control} control
 * @returns {control is Control & HTMLInputElement}
 */
function isTickBox(control) {
  return control.type === "checkbox";
}

/**
 * @param {unknown} value
 * @returns {boolean | undefined}
 */
function yesOrNo(value) {
  const word = String(value).trim().toLowerCase();
  if (["yes", "y", "true", "on", "1"].includes(word)) return true;
  if (["no", "n", "false", "off", "0"].includes(word)) return false;
  return undefined;
}

// ---- records ----

/**
 * Where two controls contradict each other, such as `plan.needs` and `plan.needs[0].text`, the first one counts.
 * @param {Record<string, unknown>} record
 * @param {string} path
 * @param {Value} value
 */
function put(record, path, value) {
  const steps = stepsOf(path);
  /** @type {any} */
  let here = record;
  for (const [at, step] of steps.entries()) {
    if (!makeRoom(here, step)) return;
    const isLeaf = at === steps.length - 1;
    const isFree = !Object.hasOwn(here, step) || Object.keys(here[step]).length === 0;
    if (isLeaf && isFree) here[step] = value;
    else if (!Object.hasOwn(here, step)) here[step] = typeof steps[at + 1] === "number" ? [] : {};
    here = here[step];
  }
}

/**
 * Whether there is a place for a step: a list takes numbers and a group takes names. Rows before it are filled up.
 * @param {any} here
 * @param {string | number} step
 */
function makeRoom(here, step) {
  if (typeof here !== "object" || Array.isArray(here) !== (typeof step === "number")) return false;
  if (typeof step === "number") {
    if (step >= MOST_ROWS) return false;
    while (here.length < step) here.push({});
  }
  return true;
}

/**
 * @param {string} path
 * @returns {(string | number)[]}
 */
export function stepsOf(path) {
  return (path.match(/[^.[\]]+/g) ?? []).map((step) => (/^\d/.test(step) ? Number(step) : step));
}

/**
 * @param {unknown} value
 * @param {string} path
 * @returns {[string, Value][]}
 */
function leaves(value, path) {
  if (value === null || value === undefined || value === "") return [];
  if (Array.isArray(value)) {
    const rows = value.some((row) => typeof row === "object");
    if (rows) return value.flatMap((row, at) => leaves(row, `${path}[${at}]`));
    return [[path, value.map(String)]];
  }
  if (typeof value === "object") {
    return Object.entries(value).flatMap(([name, below]) => {
      // What is not spelt like a step is told as it is, and leads to no field.
      if (name === "" || /[.[\]]/.test(name)) return leaves(below, `${path}[${JSON.stringify(name)}]`);
      return leaves(below, path ? `${path}.${name}` : name);
    });
  }
  return [[path, typeof value === "boolean" ? value : String(value)]];
}

// ---- filling ----

/**
 * @param {Field} field
 * @param {Value} value
 * @returns {boolean} Whether a control holds it now.
 */
function give(field, value) {
  const hasBox = field.controls.some(isTickBox);
  let held = field.date ? giveDate(field.date, String(value)) : false;
  for (const control of field.controls) {
    // What stands hidden beside a tick box is what the host sends when it is not ticked.
    if (isDatePart(field, control) || (hasBox && control.type === "hidden")) continue;
    if (giveControl(field, control, value)) held = true;
  }
  // That nothing is chosen has to be said.
  return isEmptyList(value) ? field.controls.some(untickedIsNo) : held;
}

/** @param {Value} value */
const isEmptyList = (value) => Array.isArray(value) && !value.length;

/**
 * Holds an answer in the form without anybody seeing it.
 * @param {Element} root
 * @param {string} path
 * @param {Value} value
 * @returns {boolean} Whether a control can.
 */
function keep(root, path, value) {
  if (!isPath(path)) return false;
  const isList = Array.isArray(value);
  const isNone = isEmptyList(value);
  for (const text of isList && !isNone ? value : [String(value)]) {
    const control = root.ownerDocument.createElement("input");
    control.type = isNone ? "checkbox" : "hidden";
    control.hidden = isNone;
    if (isNone) control.setAttribute("data-cin-unticked", "no");
    control.name = isList ? `${path}[]` : path;
    control.value = text;
    control.setAttribute("data-cin-kept", "");
    root.append(control);
  }
  return true;
}

/**
 * @param {Field} field
 * @param {Control} control
 * @param {Value} value
 * @returns {boolean}
 */
function giveControl(field, control, value) {
  const wanted = Array.isArray(value) ? value : [value];
  const means = (/** @type {string} */ typed) => wanted.some((one) => same(meaning(field, typed), one));
  if (control instanceof HTMLInputElement && (control.type === "radio" || isTickBox(control))) {
    const yes = !field.list && isTickBox(control) ? same(ticked(field, control), value) : means(control.value);
    const before = control.checked;
    control.checked = yes;
    tell(control, before !== yes);
    return yes || (isTickBox(control) && !field.list && yesOrNo(value) === false);
  }
  if (control instanceof HTMLSelectElement) return select(control, means);
  const { values } = field;
  const named = typeof values === "function" ? undefined : Object.keys(values).find((typed) => same(values[typed], value));
  const spelt = named ?? wanted.join(", ");
  return write(control, control.type === "date" ? isoDate(spelt) : spelt);
}

/** How the kinds of control spell what they hold. @type {Record<string, RegExp>} */
const SPELLINGS = {
  date: /^(?!0000)\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/,
  "datetime-local": /^(?!0000)\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d$/,
  month: /^(?!0000)\d{4}-(0[1-9]|1[0-2])$/,
  week: /^\d{4}-W(0[1-9]|[1-4]\d|5[0-2])$/,
  time: /^([01]\d|2[0-3]):[0-5]\d$/,
  number: /^-?(\d+(\.\d+)?|\.\d+)$/,
  range: /^-?(\d+(\.\d+)?|\.\d+)$/,
  color: /^#[\da-f]{6}$/,
};

/**
 * Puts a text into a control that can hold it, and empties one that cannot: browsers write such a text into their console.
 * @param {Control} control
 * @param {string} text
 * @returns {boolean} Whether the control holds it.
 */
function write(control, text) {
  const spelling = SPELLINGS[control.type];
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)/.exec(text) ?? [];
  const isDay = !day || Number(day) <= new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
  const before = control.value;
  control.value = !spelling || (spelling.test(text) && isDay) ? text : "";
  tell(control, control.value !== before);
  // A line holds no second one, and some kinds put another value in place of what they cannot hold.
  return control.value === text.replace(/\r\n?/g, "\n");
}

/**
 * @param {HTMLSelectElement} control
 * @param {(typed: string) => boolean} means
 */
function select(control, means) {
  const options = [...control.options];
  const before = options.map((option) => option.selected);
  const chosen = options.map((option) => option.value !== "" && means(option.value));
  const isChosen = chosen.includes(true);
  // Without a match the blank option is chosen, or none at all.
  if (!isChosen && !control.multiple) control.selectedIndex = options.findIndex((option) => option.value === "");
  else options.forEach((option, at) => (option.selected = chosen[at]));
  tell(control, options.some((option, at) => option.selected !== before[at]));
  return isChosen;
}

/**
 * @param {DateParts} parts
 * @param {string} value
 */
function giveDate({ day, month, year }, value) {
  const iso = /^(\d{4})-(\d\d)-(\d\d)$/.exec(value);
  const texts = iso ? [String(Number(iso[3])), String(Number(iso[2])), iso[1]] : value.trim().split(/[/ ]/);
  const fits = texts.length === 3;
  const held = [day, month, year].map((control, at) => {
    if (!control) return false;
    const text = fits ? texts[at] : "";
    if (control instanceof HTMLSelectElement) {
      return select(control, (option) => same(option, text) || (text !== "" && Number(option) === Number(text)));
    }
    return write(control, text);
  });
  return fits && held.every(Boolean);
}

/**
 * A native date holds ISO alone.
 * @param {string} text
 */
function isoDate(text) {
  const uk = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text);
  return uk ? `${uk[3]}-${uk[2].padStart(2, "0")}-${uk[1].padStart(2, "0")}` : text;
}

/**
 * Whether two spellings mean the same, as the core reads them.
 * @param {unknown} a
 * @param {unknown} b
 */
function same(a, b) {
  if (a === null || b === null) return false;
  const fold = (/** @type {unknown} */ value) => String(value).toLowerCase().replace(/[\s_-]/g, "");
  const yes = yesOrNo(a);
  return fold(a) === fold(b) || (yes !== undefined && yes === yesOrNo(b));
}

/**
 * Lets the host's own scripts know, as if somebody had filled the control in.
 * @param {Element} control
 * @param {boolean} hasChanged
 */
function tell(control, hasChanged) {
  if (!hasChanged) return;
  control.dispatchEvent(new Event("input", { bubbles: true, composed: true }));
  control.dispatchEvent(new Event("change", { bubbles: true }));
}
