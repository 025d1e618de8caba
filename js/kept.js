// What a form held at the last look, so that the next one asks only the fields that may say something else.

/** @import { Field, ReadOptions } from "./read.js" */

import { Guide } from "./place.js";
import { fields } from "./read.js";

/** Attributes with which a host gives a control another place, puts it in or out of use, or fills it in. */
const ATTRIBUTES = ["name", "type", "form", "disabled", "multiple", "value", "data-cin", "data-cin-unticked", "data-cin-part"];

/** Of these, what leaves every control in its field. */
const VALUES = new Set(["value", "data-cin-unticked"]);

/** Elements that change what a control may say, and are none themselves. */
const OPTIONS = new Set(["OPTION", "OPTGROUP"]);

/** What stands in a form and is ours. */
const OURS = ".cinplan-messages, .cinplan-summary, .cinplan-smart, .cinplan-status";

/**
 * What to observe in a form, so that no change to its fields is missed.
 * @param {ReadOptions} options
 * @returns {MutationObserverInit}
 */
export function watched({ ignore = "" }) {
  const named = [...ignore.matchAll(/\[\s*([\w-]+)/g)].map(([, name]) => name);
  if (ignore.includes(".")) named.push("class");
  if (ignore.includes("#")) named.push("id");
  return { childList: true, subtree: true, attributeFilter: [...ATTRIBUTES, "data-cin-ignore", ...named] };
}

/**
 * Whether a change to the page is the host's.
 * @param {MutationRecord} record
 */
export const isHosts = ({ target }) => !(target instanceof Element && target.closest(OURS));

/**
 * Whether a change to the page can have changed which fields there are.
 * @param {MutationRecord} record
 */
function isAboutFields({ type, attributeName, addedNodes, removedNodes }) {
  if (type === "attributes") return !VALUES.has(attributeName ?? "");
  return [...addedNodes, ...removedNodes].some((node) => node instanceof Element && !OPTIONS.has(node.tagName));
}

/** @typedef {ReturnType<typeof createKept>} Kept */

/**
 * @param {HTMLFormElement} form
 * @param {ReadOptions} options
 */
export function createKept(form, options) {
  let last = new Guide([], form);
  /** Fields of which a function of the host makes something, which may rest on anything. @type {Field[]} */
  let loose = [];
  /** Whether the page has changed. */
  let isStale = true;
  /** Whether the fields are looked up all the same. */
  let isForgotten = false;
  /** Whether any field may say something else. */
  let isDoubtful = true;
  /** Controls that were filled in. @type {Set<Element>} */
  const touched = new Set();

  /** The fields as they are. Whoever keeps something by the guide to them keeps it for as long as nothing is new. */
  function guide() {
    if (!isStale && !isForgotten) return last;
    const found = fields(form, options);
    if (isStale || !isSame(found, last.fields)) {
      last = new Guide(found, form);
      loose = found.filter(({ values }) => typeof values === "function");
    }
    isStale = isForgotten = false;
    return last;
  }

  return {
    guide,

    /** The fields at the last look. */
    get last() {
      return last;
    },

    /** Somebody has filled in a control. @param {Element} control */
    touch(control) {
      touched.add(control);
    },

    /** Nothing is taken for known: a host's scripts may fill in controls, and use others, without a word. */
    forget() {
      isForgotten = isDoubtful = true;
    },

    /**
     * Sees what a host has done on its page.
     * @param {MutationRecord[]} records
     * @returns {boolean} Whether there may be other fields.
     */
    see(records) {
      isDoubtful = true;
      isStale ||= records.some(isAboutFields);
      return isStale;
    },

    /** The fields, and those of them that may say something else than when this was asked before. */
    ask() {
      const here = guide();
      const filled = [...touched].flatMap((control) => here.of(control) ?? []);
      const news = isDoubtful ? here.fields : new Set([...filled, ...loose]);
      isDoubtful = false;
      touched.clear();
      return { guide: here, news };
    },
  };
}

/**
 * @param {Field[]} some
 * @param {Field[]} others
 */
function isSame(some, others) {
  return some.length === others.length && some.every((field, at) => isSameField(field, others[at]));
}

/**
 * @param {Field} one
 * @param {Field} other
 */
function isSameField(one, other) {
  return (
    one.path === other.path &&
    one.list === other.list &&
    one.values === other.values &&
    one.controls.length === other.controls.length &&
    one.controls.every((control, at) => control === other.controls[at]) &&
    one.date?.day === other.date?.day &&
    one.date?.month === other.date?.month &&
    one.date?.year === other.date?.year
  );
}
