// Checks a form while it is filled in. Start at `attach`.
//
// It says nothing before it is asked, or before a field was changed and left; it never touches what was typed, and it
// stands between nobody and saving unless the host wants it to.

/** @import { Finding, Options, PlanRecord, Procedure, Report } from "./cinplan.js" */
/** @import { NameMap } from "./map.js" */
/** @import { Control, Field, Value } from "./read.js" */
/** @import { Requirements } from "./why.js" */
/** @import { RuleTexts, Texts } from "./show.js" */

import { checkerFor, civilDay, coded } from "./core.js";
import { createJudge } from "./judge.js";
import { createKept, isHosts, watched } from "./kept.js";
import { latest } from "./latest.js";
import { checkMap } from "./map.js";
import { controls, read } from "./read.js";
import { createView } from "./show.js";

export { explainMap } from "./explain.js";
export { goTo, nearest } from "./place.js";
export { fields, fill, pairs, read } from "./read.js";
export { recordReason, showReasons } from "./reasons.js";
export { hide, show } from "./show.js";
export { library } from "./why.js";

/** @typedef {"draft" | "meeting" | "circulate" | "review" | "close"} Stage */

/**
 * Anything that checks records as a `Validator` does. One that can also keep a record open, as a `Validator` can, is told
 * only what changes in a form.
 * @typedef {object} Checker
 * @property {(record: PlanRecord, options: Options) => Report} check
 * @property {(record: PlanRecord) => OpenForm} [open]
 */

/**
 * A record that is kept and changed one answer at a time, as a `Form` is.
 * @typedef {object} OpenForm
 * @property {(path: string, value: Value | null) => boolean} set Puts an answer at its place, or takes it away with `null`;
 *   false where the record has no such place.
 * @property {(options: Options) => Report} report What `check` finds in the record as it stands.
 * @property {() => void} [free] Called when it is not needed any more.
 */

/**
 * @typedef {object} AttachOptions
 * @property {string | Procedure | Checker} [procedure] Id of a procedure that ships, one of your own, or a validator.
 * @property {Checker} [validator] A validator, where it is not given as the procedure.
 * @property {Stage} stage How far the plan has come.
 * @property {string} [today] The day of the check; unless given, the day by the clock of the browser, at each check.
 * @property {NameMap} [map] The host's control names and where they belong.
 * @property {string} [ignore] Selector of branches that are left out; `[data-cin-ignore]` unless given.
 * @property {boolean} [show] Whether findings are shown on the page; true by default.
 * @property {Element | string | false} [summary] Where the summary goes: an element or its selector, which is then its
 *   container; `"top"`, the default, is the top of the form; `false` for none.
 * @property {boolean} [title] Whether "Error: " stands before the page's title while errors are shown; true by default.
 * @property {Requirements} [requirements] Where "Why?" gets the requirements from.
 * @property {Element | string | ((finding: Finding, report: Report) => void)} [reasons] Where recorded reasons are typed: an
 *   element or its selector, or what is called when somebody wants to record one. Unless given, an element of the form with
 *   `data-cin-reasons`; without one, no reason is asked for.
 * @property {boolean} [smart] Whether each action shows which letters of SMART it fulfils so far; false by default.
 * @property {Partial<Texts> & { rules?: RuleTexts }} [messages] Words of your own; those under `rules` by the id of a
 *   rule. `{message}` in a text stands for what the rule itself says. The report lists the rules as `reworded`.
 * @property {string[]} [off] Ids of rules that are switched off. The report lists them as `off`.
 * @property {Stage | false} [block] The stage from which submitting is held back while errors are open. A button with
 *   `formnovalidate` still saves. `false`, the default, never holds anything back.
 * @property {(report: Report) => void} [on] Called with each new report.
 * @property {(error: Error & { code?: string }) => void} [onError] Called when the form cannot be checked any more, once
 *   until it can be again.
 */

/**
 * A form that is being checked.
 * @typedef {object} Attached
 * @property {Report} report The latest report. Where there is an error, it is of an earlier moment.
 * @property {(Error & { code?: string }) | undefined} error Why the form cannot be checked at the moment.
 * @property {() => Report} check Checks and shows everything, and moves the focus to the summary.
 * @property {() => PlanRecord} record What the form holds.
 * @property {(changes: { stage?: Stage, today?: string, procedure?: string | Procedure | Checker }) => Report} update
 *   Goes on with another stage, day or procedure.
 * @property {() => void} detach Stops, and leaves the page as it was.
 */

const STAGES = ["draft", "meeting", "circulate", "review", "close"];

/** Milliseconds without typing after which a form is checked again. */
const PAUSE = 300;

/** Marks a form that is being checked, by whichever version of this package: two would take each other's messages away. */
const ATTACHED = Symbol.for("cinplan.attached");

/**
 * Checks a form from now on. The module has to be initialised before.
 *
 * Each new report is also dispatched as `cinplan:report`, with the report as its `detail`.
 *
 * From then on nothing is thrown where a check fails, be it in the middle of a submit: the page says that the plan cannot be
 * checked, nothing is held back, and `cinplan:error` is dispatched with the error as its `detail`, once until it can be
 * checked again. An event that nobody cancels goes to the browser's own error reporting.
 * @param {HTMLFormElement} form
 * @param {AttachOptions} options
 * @returns {Attached}
 * @throws {Error} With a `code`: `not-initialised`, `already-attached`, `unknown-procedure`, `unreadable-procedure`,
 *   `unreadable-map`, `unknown-rule`, `unreadable-options`, `unreadable-today` or `unreadable-stage`.
 */
export function attach(form, options) {
  const { map, ignore, off, on, onError, block = false } = options;
  const reading = { map, ignore };
  const rules = options.messages?.rules;
  let { stage, today } = options;
  if (Reflect.has(form, ATTACHED)) throw coded("already-attached", "This form is being checked already; detach it first");
  if (block && !STAGES.includes(block)) throw coded("unreadable-stage", `block must be one of ${STAGES.join(", ")}`);

  let checker = checkerFor(options.validator ?? options.procedure);
  if (map) checkMap(map, checker.validator);
  const scope = form.getRootNode();
  const view = options.show === false ? null : createView(form, options);
  const watcher = new MutationObserver(safely(onChange));
  const kept = createKept(form, reading);
  let judge = newJudge();

  /** Controls for which messages may be shown. @type {Set<Element>} */
  const open = new Set();
  /** Controls that were changed and not left yet. @type {Set<Element>} */
  const changed = new Set();
  /** Controls that were left while a pointer was down. @type {Set<Control>} */
  const left = new Set();
  /** Controls that have been there for a while. @type {WeakSet<Element>} */
  const seen = new WeakSet();
  /** What was known of controls that the host has just taken away. @type {Map<string, { open: boolean, changed: boolean, at: number }>} */
  const orphans = new Map();
  let refreshed = 0;
  /** The fields whose controls have been seen. @type {import("./place.js").Guide | undefined} */
  let remembered;
  let isOn = true;
  let isPressing = false;
  let timer = 0;
  /** @type {(Error & { code?: string }) | undefined} */
  let failure;
  const novalidate = form.getAttribute("novalidate");

  /** Whose words findings have, where a host has words of its own. @type {WeakMap<Finding, Finding>} */
  const words = new WeakMap();
  let report = started();

  // ---- checking ----

  function started() {
    try {
      return judged();
    } catch (error) {
      release({ checker, judge });
      throw error;
    }
  }

  function newJudge() {
    return createJudge(checker.validator, kept, () => read(form, reading));
  }

  function judged() {
    const asked = { today: today ?? civilDay(), stage, ...(off && { off }), ...(rules && { messages: textsOf(rules) }) };
    const report = judge.report(asked);
    return rules ? reworded(report, rules, words) : report;
  }

  /** @param {import("./show.js").Manner} [manner] */
  function refresh(manner) {
    try {
      return look(manner);
    } catch (error) {
      return fail(error, manner);
    }
  }

  /**
   * Looks at what was filled in since, and at everything after `kept.forget()`.
   * @param {import("./show.js").Manner} [manner]
   */
  function look(manner = { asked: false }) {
    clearTimeout(timer);
    notice(watcher.takeRecords());
    report = judged();
    view?.update(report, { only: isOpen, fresh: true, guide: kept.last, ...manner });
    // What was just put on the page is no change by the host.
    watcher.takeRecords();
    remember();
    refreshed = performance.now();
    failure = undefined;
    tell();
    return report;
  }

  /**
   * Says that the form cannot be checked, and takes away what may no longer be true. Typing and saving go on.
   * @param {unknown} thrown
   * @param {import("./show.js").Manner} [manner]
   */
  function fail(thrown, manner) {
    const isNew = !failure;
    // What was looked at and not told is looked at again.
    kept.forget();
    failure = thrown instanceof Error ? thrown : new Error(String(thrown));
    try {
      view?.fail(manner);
      watcher.takeRecords();
    } finally {
      if (isNew) {
        const event = new CustomEvent("cinplan:error", { bubbles: true, composed: true, cancelable: true, detail: failure });
        if (form.dispatchEvent(event)) reportError(failure);
        hand(onError, failure);
      }
    }
    return report;
  }

  /**
   * What happens here does not end in the middle of somebody else's work.
   * @template {unknown[]} Given
   * @param {(...given: Given) => void} act
   */
  function safely(act) {
    return (/** @type {Given} */ ...given) => {
      try {
        act(...given);
      } catch (error) {
        if (isOn) fail(error);
      }
    };
  }

  function later() {
    clearTimeout(timer);
    // What moves up or down under the pointer makes people miss it.
    timer = window.setTimeout(() => (isPressing ? later() : refresh()), PAUSE);
  }

  /**
   * The place to go to for a path.
   * @param {string} path
   */
  function find(path) {
    onChange(watcher.takeRecords());
    return kept.guide().nearest(path);
  }

  function tell() {
    latest.set(form, { report, find });
    hand(on, report);
    form.dispatchEvent(new CustomEvent("cinplan:report", { bubbles: true, composed: true, detail: report }));
  }

  /** @param {Field} field */
  function isOpen(field) {
    return field.controls.some((control) => open.has(control));
  }

  /** @param {import("./show.js").Manner} manner */
  function ask(manner) {
    for (const control of controls(form)) open.add(control);
    changed.clear();
    kept.forget();
    return refresh({ asked: true, ...manner });
  }

  // ---- what happens in the form ----

  const activeElement = () => /** @type {Document | ShadowRoot} */ (scope).activeElement;

  /** @param {Event} event */
  function onInput({ target, isTrusted }) {
    const control = ours(target);
    if (!control) return;
    kept.touch(control);
    // What a script fills in elsewhere on the page, nobody has typed.
    if (isTrusted || activeElement() === control) changed.add(control);
    // A field without a message stays quiet while somebody types in it.
    const group = groupOf(control);
    if (!group.some((one) => view?.messagesAt(one).length)) group.forEach((one) => open.delete(one));
    later();
  }

  /** @param {FocusEvent} event */
  function onLeave({ target, relatedTarget }) {
    const control = ours(target);
    if (!control) return;
    const group = groupOf(control);
    if (!group.some((one) => changed.has(one))) return;
    // From day to month is not leaving, nor is going to another window.
    if (group.some((one) => one === relatedTarget)) return;
    if (activeElement() === control) return;
    left.add(control);
    // As in `later`.
    if (isPressing) return;
    // The summary is drawn anew: a link that the focus is on its way to would be gone when it arrives.
    if (relatedTarget instanceof Element && relatedTarget.closest(".cinplan-summary")) setTimeout(safely(afterwards));
    else showLeft();
  }

  function afterwards() {
    if (!isPressing && isOn) showLeft();
  }

  function showLeft() {
    if (!left.size) return;
    const all = [...left].flatMap(groupOf);
    left.clear();
    const messages = () => new Set(all.flatMap((control) => view?.messagesAt(control) ?? []));
    const before = messages();
    for (const control of all) {
      changed.delete(control);
      open.add(control);
    }
    kept.forget();
    refresh();
    const news = [...messages()].filter((message) => !before.has(message));
    if (news.length) view?.announce(news.join(". "));
  }

  /**
   * Rows come and go, and hosts draw a part of the form anew with other controls at the same places.
   * @param {MutationRecord[]} records
   */
  function onChange(records) {
    if (!records.some(isHosts)) return;
    // At once, so that no message is missing meanwhile; with a host that draws anew whatever we do, in its turn.
    if (notice(records) && performance.now() - refreshed > PAUSE) refresh();
    else later();
  }

  /**
   * Sees which controls are gone, and which have come in their place.
   * @param {MutationRecord[]} records
   * @returns {boolean} Whether any have.
   */
  function notice(records) {
    const theirs = records.filter(isHosts);
    if (!theirs.length || !kept.see(theirs)) return false;
    const at = performance.now();
    const { last } = kept;
    for (const control of new Set([...open, ...changed])) {
      if (ours(control)) continue;
      const place = last.of(control)?.path;
      if (place) orphans.set(place, { open: open.has(control), changed: changed.has(control), at });
      open.delete(control);
      changed.delete(control);
    }
    // What comes later is a new row.
    for (const [place, orphan] of orphans) if (at - orphan.at > PAUSE) orphans.delete(place);
    return orphans.size > 0 && adopt();
  }

  /**
   * Lets new controls go on where those before them stopped.
   * @returns {boolean} Whether there are any.
   */
  function adopt() {
    let isAdopted = false;
    const guide = kept.guide();
    for (const [path, orphan] of orphans) {
      const controls = guide.at(path)?.controls;
      if (!controls || controls.some((control) => seen.has(control))) continue;
      orphans.delete(path);
      isAdopted = true;
      for (const control of controls) {
        if (orphan.open) open.add(control);
        if (orphan.changed) changed.add(control);
        seen.add(control);
      }
    }
    return isAdopted;
  }

  function remember() {
    if (remembered === kept.last) return;
    remembered = kept.last;
    for (const control of controls(form)) seen.add(control);
  }

  function onPress() {
    isPressing = true;
  }

  function onRelease() {
    isPressing = false;
    // After the click that follows.
    setTimeout(safely(afterwards));
  }

  /** @param {Event} event */
  function onSubmit(event) {
    if (event.target !== form) return;
    const button = /** @type {HTMLButtonElement | null} */ (/** @type {SubmitEvent} */ (event).submitter);
    if (button?.formNoValidate) return;
    const { summary } = ask({ none: false });
    // Whoever cannot be told what is missing is not held back for it.
    if (failure) return;
    if (summary.errors && view) view.focusSummary();
    if (!blocks()) return;
    // The browser has left the checks that the host asks of it to us.
    if (!summary.errors && (novalidate !== null || form.reportValidity())) return;
    // As with the browser's own checks, nobody hears of a submit that does not take place.
    event.preventDefault();
    event.stopImmediatePropagation();
  }

  /** @param {Event} event */
  function onReset(event) {
    if (event.target !== form) return;
    // The values go back after the event.
    setTimeout(() => {
      if (event.defaultPrevented || !isOn) return;
      open.clear();
      changed.clear();
      left.clear();
      view?.clear();
      kept.forget();
      refresh();
    });
  }

  function onReturn() {
    if (document.visibilityState === "visible" && !today && report.today !== civilDay()) refresh();
  }

  /** A browser has put back what was typed before, without a word. */
  function onPageShow() {
    kept.forget();
    later();
  }

  /**
   * The control of this form that an event is about. Controls may stand outside and name the form.
   * @param {EventTarget | null} target
   * @returns {Control | undefined}
   */
  function ours(target) {
    const control = /** @type {Control | null} */ (target);
    return control?.form === form ? control : undefined;
  }

  /** @param {Control} control */
  function groupOf(control) {
    return kept.guide().of(control)?.controls ?? [control];
  }

  // ---- holding back ----

  function blocks() {
    return block !== false && STAGES.indexOf(stage) >= STAGES.indexOf(block);
  }

  /** While we hold submitting back with our own messages, the browser's would come first and hide them. */
  function setNovalidate() {
    if (blocks()) form.setAttribute("novalidate", novalidate ?? "");
    else if (novalidate === null) form.removeAttribute("novalidate");
  }

  // ---- from start to end ----

  const listeners = /** @type {[EventTarget, string, (event: any) => void][]} */ ([
    [scope, "input", onInput],
    [scope, "change", onInput],
    [scope, "focusout", onLeave],
    [scope, "submit", onSubmit],
    [scope, "reset", onReset],
    [window, "pointerdown", onPress],
    [window, "pointerup", onRelease],
    [window, "pointercancel", onRelease],
    // After a tap the focus moves once the finger is up, between these.
    [window, "mousedown", onPress],
    [window, "mouseup", onRelease],
    [document, "visibilitychange", onReturn],
    [window, "pageshow", onPageShow],
  ]).map(([target, name, listener]) => /** @type {const} */ ([target, name, safely(listener)]));

  // What stands in a form that is opened has letters already; messages wait until somebody asks.
  if (options.smart) view?.update(report, { asked: false, fresh: true, only: isOpen, guide: kept.last });

  // On the way down: hosts may stop events on their way up.
  for (const [target, name, listener] of listeners) target.addEventListener(name, listener, true);
  watcher.observe(form, watched(reading));
  Reflect.set(form, ATTACHED, true);
  setNovalidate();
  remember();
  tell();

  return {
    get report() {
      return report;
    },

    get error() {
      return failure;
    },

    check: () => ask({ focus: true }),

    record: () => read(form, reading),

    update(changes) {
      const next = { procedure: undefined, ...changes };
      const before = { stage, today };
      const held = { checker, judge };
      if (next.procedure !== undefined) {
        checker = checkerFor(next.procedure);
        judge = newJudge();
      }
      if ("stage" in next && next.stage) stage = next.stage;
      if ("today" in next) today = next.today;
      kept.forget();
      try {
        look();
      } catch (error) {
        if (isOwn(error)) return fail(error);
        // What cannot be used changes nothing.
        if (judge !== held.judge) release({ checker, judge });
        ({ checker, judge } = held);
        ({ stage, today } = before);
        kept.forget();
        throw error;
      }
      if (judge !== held.judge) release(held);
      setNovalidate();
      return report;
    },

    detach() {
      if (!isOn) return;
      isOn = false;
      Reflect.deleteProperty(form, ATTACHED);
      latest.delete(form);
      clearTimeout(timer);
      for (const [target, name, listener] of listeners) target.removeEventListener(name, listener, true);
      watcher.disconnect();
      view?.clear();
      if (blocks() && novalidate === null) form.removeAttribute("novalidate");
      release({ checker, judge });
    },
  };
}

/**
 * Calls what the host has given. What goes wrong in it is the host's, as in a listener.
 * @template Told
 * @param {((told: Told) => void) | undefined} callback
 * @param {Told} told
 */
function hand(callback, told) {
  try {
    callback?.(told);
  } catch (error) {
    reportError(error);
  }
}

/**
 * Whether an error is a fault of the check, and not of what it was asked.
 * @param {unknown} error
 */
function isOwn(error) {
  const { code } = /** @type {{ code?: string }} */ (error);
  return code === undefined || code === "internal" || code === "stopped";
}

/**
 * Gives back what is held in the module. What was cut short cannot be given back, and goes with its page.
 * @param {{ checker: { free: () => void }, judge: { close: () => void } }} held
 */
function release({ checker, judge }) {
  judge.close();
  try {
    checker.free();
  } catch {}
}

/**
 * The texts among a host's own words. Of a rule with a function the core is told too, so that it knows the id and lists it.
 * @param {RuleTexts} rules
 */
function textsOf(rules) {
  const texts = Object.entries(rules).map(([id, words]) => [id, typeof words === "function" ? "{message}" : words]);
  return Object.fromEntries(texts);
}

/**
 * @param {Report} report
 * @param {RuleTexts} rules
 * @param {WeakMap<Finding, Finding>} known What was reworded before.
 * @returns {Report}
 */
function reworded(report, rules, known) {
  const findings = report.findings.map((finding) => {
    const words = rules[finding.rule];
    // What is wrong with a recorded reason keeps its words, in the core as here.
    if (typeof words !== "function" || finding.path.startsWith("accepted[")) return finding;
    const own = known.get(finding) ?? { ...finding, message: words(finding) };
    known.set(finding, own);
    return own;
  });
  return { ...report, findings };
}
