// The letters of SMART at each action, as far as they are true: text, shape and colour, below the field that says what
// will be done. It says what is there already, never how good it is, and it speaks up to nobody while they type.

/** @import { Report, Smart } from "./cinplan.js" */
/** @import { Guide } from "./place.js" */
/** @import { Control, Field } from "./read.js" */

import { isReachable, ownPlaces, spotFor } from "./place.js";

/** @typedef {"S" | "M" | "A" | "R" | "T"} Letter */

/**
 * The words of a strip.
 * @typedef {object} SmartTexts
 * @property {string} label Heard before the letters of an action; `{number}` stands for its number.
 * @property {Record<Letter, string>} letters What each letter stands for.
 * @property {string} yes After a letter that is fulfilled.
 * @property {string} notYet After a letter that is not fulfilled yet.
 */

/** @type {SmartTexts} */
const TEXTS = {
  label: "Action {number}: SMART so far",
  letters: { S: "Specific", M: "Measurable", A: "Achievable", R: "Realistic", T: "Timescale" },
  yes: "yes",
  notYet: "not yet",
};

const LETTERS = /** @type {Letter[]} */ (["S", "M", "A", "R", "T"]);

/**
 * Shows the letters of report after report on one form.
 * @param {Element} root
 * @param {Partial<SmartTexts>} [own]
 */
export function createStrips(root, own) {
  const page = root.ownerDocument;
  const texts = { ...TEXTS, ...own, letters: { ...TEXTS.letters, ...own?.letters } };
  /** @type {Map<Control, { strip: HTMLElement, key: string }>} */
  const strips = new Map();
  /** @type {Guide | undefined} */
  let guide;
  /** @type {Smart[]} */
  let told = [];

  /**
   * @param {Report} report
   * @param {Guide} next The same for as long as the fields are the same.
   */
  function update({ smart: letters = [] }, next) {
    const isNew = next !== guide || letters.length !== told.length || letters.some((smart, at) => smart !== told[at]);
    if (!isNew && [...strips.values()].every(({ strip }) => strip.isConnected)) return;
    guide = next;
    told = letters;
    /** @type {Map<Control, { field: Field, smart: Smart }>} */
    const wanted = new Map();
    const fieldOf = fieldsOfActions(next);
    for (const smart of letters) {
      const field = fieldOf(smart);
      if (field && LETTERS.some((letter) => smart[letter] !== undefined)) wanted.set(field.controls[0], { field, smart });
    }
    for (const [control, { strip }] of strips) {
      if (wanted.has(control) && strip.isConnected) continue;
      strip.remove();
      strips.delete(control);
    }
    // As with messages, all places are looked up before the page is changed.
    const own = [...wanted.keys()].every((control) => strips.has(control)) ? new Map() : ownPlaces(root);
    const places = [...wanted].map(([control, { field, smart }]) => ({
      control,
      key: JSON.stringify([field.path, ...LETTERS.map((letter) => smart[letter])]),
      number: numberOf(field.path),
      smart,
      put: strips.has(control) ? () => {} : placeFor(field, own),
    }));
    for (const { control, key, number, smart, put } of places) {
      const shown = strips.get(control) ?? { strip: element("ul", "cinplan-smart"), key: "" };
      strips.set(control, shown);
      // What says the same stays untouched, with those who are reading in it.
      if (shown.key !== key) fill(shown.strip, number, smart);
      shown.key = key;
      put(shown.strip);
    }
  }

  /**
   * @param {HTMLElement} strip
   * @param {number} number
   * @param {Smart} smart
   */
  function fill(strip, number, smart) {
    // Without bullets a list is no list to some screen readers.
    strip.setAttribute("role", "list");
    strip.setAttribute("aria-label", texts.label.replace("{number}", String(number)));
    strip.replaceChildren(...LETTERS.map((letter) => itemOf(letter, smart[letter])));
  }

  /**
   * @param {Letter} letter
   * @param {boolean} [state]
   */
  function itemOf(letter, state) {
    const name = state === undefined ? "open" : state ? "yes" : "not-yet";
    const item = element("li", `cinplan-smart__item cinplan-smart__item--${name}`);
    const sign = element("span", "cinplan-smart__letter", letter);
    // The word says it.
    sign.setAttribute("aria-hidden", "true");
    const words = element("span", "cinplan-smart__words", texts.letters[letter]);
    if (state !== undefined) words.append(": ", element("span", "cinplan-smart__state", state ? texts.yes : texts.notYet));
    item.append(sign, " ", words);
    return item;
  }

  /**
   * How a strip gets below its field, or to the place that the host has marked for what is said of it.
   * @param {Field} field
   * @param {Map<string, Element>} places The places of the host's own.
   * @returns {(strip: HTMLElement) => void}
   */
  function placeFor(field, places) {
    const own = places.get(field.path);
    if (own) return (strip) => own.prepend(strip);
    const spot = spotFor(field);
    return (strip) => spot.after(strip);
  }

  /** Pages that make a new row by copying one copy its strip with it. */
  function removeCopies() {
    const ours = new Set([...strips.values()].map(({ strip }) => strip));
    for (const strip of root.querySelectorAll(".cinplan-smart")) {
      if (!ours.has(/** @type {HTMLElement} */ (strip))) strip.remove();
    }
  }

  function clear() {
    for (const { strip } of strips.values()) strip.remove();
    strips.clear();
    guide = undefined;
    removeCopies();
  }

  /**
   * @param {string} tag
   * @param {string} name
   * @param {string} [text]
   */
  function element(tag, name, text) {
    const made = page.createElement(tag);
    made.className = name;
    if (text !== undefined) made.textContent = text;
    return made;
  }

  return { update, removeCopies, clear };
}

/**
 * Finds the field that says what will be done in the action that letters are about. A row that has an id is known by it: it
 * may have moved since a server has looked.
 * @param {Guide} guide
 * @returns {(smart: Smart) => Field | undefined}
 */
function fieldsOfActions(guide) {
  /** Rows by their ids. @type {Map<string, string> | undefined} */
  let rows;
  const idOf = (/** @type {string} */ row) => guide.at(`${row}.id`)?.controls[0].value;
  const rowOf = (/** @type {string} */ id) => {
    rows ??= new Map(guide.fields.flatMap(({ path }) => {
      const row = /^(plan\.actions\[\d+\])\.id$/.exec(path)?.[1];
      return row ? [[idOf(row) ?? "", row]] : [];
    }));
    return rows.get(id);
  };
  return ({ path, item }) => {
    // Another row stands there now.
    const isOther = item !== undefined && idOf(path) !== item;
    const row = isOther ? (rowOf(item) ?? (idOf(path) ? undefined : path)) : path;
    const field = row === undefined ? undefined : guide.at(`${row}.what`);
    return field && isReachable(field) ? field : undefined;
  };
}

/** @param {string} path */
const numberOf = (path) => Number(/\[(\d+)\]/.exec(path)?.[1]) + 1;
