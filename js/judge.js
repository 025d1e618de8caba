// What a checker has to say of a form. One that can keep a form open is told only what is new in it; any other gets the
// whole record each time.

/** @import { Options, PlanRecord, Report } from "./cinplan.js" */
/** @import { Checker, OpenForm } from "./form.js" */
/** @import { Kept } from "./kept.js" */
/** @import { Field, Value } from "./read.js" */
/** @import { Guide } from "./place.js" */

import { knownPlaces } from "./map.js";
import { above } from "./place.js";
import { answer, recordOf } from "./read.js";

/** A tick box that is a row by itself, a row that is numbered twice over, and more rows than a record should have. */
const ODD = /\]$|\[0\d|\[[2-9]\d{3}/;

/**
 * @param {Checker} checker
 * @param {Kept} kept
 * @param {() => PlanRecord} whole
 */
export function createJudge(checker, kept, whole) {
  const canOpen = typeof checker.open === "function";
  /** @type {OpenForm | undefined} */
  let open;
  /** What the open form was told, by path. @type {Map<string, Value>} */
  let told = new Map();
  /** The fields of which it was told. @type {Guide | undefined} */
  let known;
  /** Whether an answer at a time says as much as the whole. */
  let isPlain = false;
  /** Paths that the record does not have and that make no difference to it. @type {Set<string>} */
  const idle = new Set();

  /**
   * @param {Options} options
   * @returns {Report}
   */
  function report(options) {
    const { guide, news } = kept.ask();
    try {
      if (guide !== known) isPlain = canOpen && arePlain(guide);
      if (isPlain) {
        if (open) tell(open, guide, news);
        else start(guide);
      }
      known = guide;
      if (open && isPlain) return open.report(options);
      close();
      return checker.check(whole(), options);
    } catch (error) {
      // Whatever it holds now, the next report begins anew.
      close();
      throw error;
    }
  }

  /** @param {Guide} guide */
  function start({ fields }) {
    for (const field of fields) {
      const value = answer(field);
      if (value !== null && value !== undefined) told.set(field.path, value);
    }
    open = opened(checker, told);
  }

  /**
   * @param {OpenForm} open
   * @param {Guide} guide
   * @param {Iterable<Field>} news
   */
  function tell(open, guide, news) {
    if (guide !== known) {
      for (const path of told.keys()) {
        if (guide.at(path)) continue;
        told.delete(path);
        open.set(path, null);
      }
    }
    for (const field of news) {
      const { path } = field;
      const value = answer(field) ?? undefined;
      if (isSame(value, told.get(path))) continue;
      if (value === undefined) told.delete(path);
      else told.set(path, value);
      if (!open.set(path, value ?? null) && !isIdle(path, guide)) isPlain = false;
    }
  }

  /**
   * Whether a path that the record does not have is passed over by a check of the whole: it stands among other answers,
   * and not below an answer or beside the rows of a list.
   * @param {string} path
   * @param {Guide} guide
   */
  function isIdle(path, { fields }) {
    if (idle.has(path)) return true;
    const isKnown = knownPlaces(/** @type {{ open: (record: any) => OpenForm }} */ (checker));
    let part = above(path);
    while (part && !isKnown(part)) part = above(part);
    const isGroup = /[.[]/.test(part)
      ? fields.some((field) => field.path.startsWith(`${part}.`) && isKnown(field.path))
      : !part || !isKnown(`${part}[0]`);
    if (isGroup) idle.add(path);
    return isGroup;
  }

  function close() {
    const closing = open;
    open = undefined;
    known = undefined;
    told = new Map();
    try {
      closing?.free?.();
    } catch {
      // What has failed cannot be freed.
    }
  }

  return { report, close };
}

/**
 * A form that was told some answers.
 * @param {Checker} checker
 * @param {Map<string, Value>} answers
 */
function opened(checker, answers) {
  return checker.open?.(recordOf(answers));
}

/**
 * Whether each field has a place to itself, so that the order in which they are told makes no difference: no list where
 * another has a group, and no answer where another has something below it.
 * @param {Guide} guide
 */
function arePlain(guide) {
  /** What comes below each part: a name or the number of a row. @type {Map<string, string>} */
  const signs = new Map();
  for (const { path } of guide.fields) {
    if (ODD.test(path)) return false;
    for (let here = path, part = above(here); part; here = part, part = above(here)) {
      const sign = here[part.length];
      const known = signs.get(part);
      // So far up, others have come by.
      if (known === sign) break;
      if (known !== undefined || guide.at(part)) return false;
      signs.set(part, sign);
    }
  }
  return true;
}

/**
 * @param {Value | undefined} one
 * @param {Value | undefined} other
 */
function isSame(one, other) {
  if (one === other) return true;
  return Array.isArray(one) && Array.isArray(other) && one.length === other.length && one.every((value, at) => value === other[at]);
}
