// From findings to the page: a summary and a message at each field, the way GOV.UK does it.
//
// Nothing that the host has on its page is changed for good: what is added is taken away, and attributes go back to
// exactly what they were. Text only ever gets in as text.

/** @import { Finding, Report } from "./cinplan.js" */
/** @import { Control, Field, ReadOptions } from "./read.js" */
/** @import { Requirements } from "./why.js" */

import { fields } from "./read.js";
import { Guide, bringIntoView, describedBy, focusable, goTo, isReachable, nearest, ownPlaces, spotFor } from "./place.js";
import { core } from "./core.js";
import { REASON_TEXTS, recordReason } from "./reasons.js";
import { createStrips } from "./strip.js";
import { library, reasons } from "./why.js";

/**
 * The words around the findings.
 * @typedef {object} Texts
 * @property {string} problem Heading of a summary with errors.
 * @property {string} check Heading of a summary without errors.
 * @property {string} none Heading where nothing was found, or advice alone.
 * @property {string} also Heading of the warnings below errors.
 * @property {string} advice Heading of the folded advice.
 * @property {string} settled Heading of what a recorded reason settles.
 * @property {string} error Prefix of an error, heard and not seen; and of the page's title.
 * @property {string} warning Prefix of a warning, heard and not seen.
 * @property {string} why Opens the reasons.
 * @property {string} read Before how the manual is read where it leaves something open.
 * @property {Partial<import("./reasons.js").ReasonTexts>} reasons Around recorded reasons.
 * @property {Partial<import("./strip.js").SmartTexts>} smart In the strip of each action.
 * @property {string} off Before the number of rules that are switched off, below the findings.
 * @property {string} unchecked Heading where the plan cannot be checked.
 * @property {string} goOn Below that heading.
 */

/**
 * Words of your own for findings, by the id of their rule.
 * @typedef {Record<string, string | ((finding: Finding) => string)>} RuleTexts
 */

/** @type {Texts} */
const TEXTS = {
  problem: "There is a problem",
  check: "Check these points",
  none: "Nothing to put right",
  also: "Also check",
  advice: "Advice",
  settled: "Settled by a recorded reason",
  error: "Error",
  warning: "Warning",
  why: "Why?",
  read: "How this is read",
  reasons: {},
  smart: {},
  off: "Checks switched off on this form",
  unchecked: "This plan cannot be checked at the moment",
  goOn: "You can go on typing, and save it as usual.",
};

/**
 * @typedef {object} OwnShowOptions
 * @property {Element | string | false} [summary] Where the summary goes: an element or its selector, which is then its
 *   container; `"top"`, the default, is the top of the form; `false` for none.
 * @property {boolean} [title] Whether "Error: " stands before the page's title while errors are shown; true by default.
 * @property {Requirements} [requirements] Where "Why?" gets the requirements from.
 * @property {Element | string | ((finding: Finding, report: Report) => void)} [reasons] Where recorded reasons are typed: an
 *   element or its selector, or what is called when somebody wants to record one. Unless given, an element of the form with
 *   `data-cin-reasons`; without one, no reason is asked for.
 * @property {boolean} [smart] Whether each action shows which letters of SMART it fulfils so far; false by default.
 * @property {Partial<Texts>} [messages] Words of your own around the findings; those of the findings are in the report.
 *
 * @typedef {ReadOptions & OwnShowOptions} ShowOptions
 */

/**
 * How one report is shown.
 * @typedef {object} Manner
 * @property {boolean} [asked] Whether somebody asked for it: then the summary is shown. True by default.
 * @property {boolean} [focus] Whether the summary takes the focus. False by default.
 * @property {boolean} [none] Whether the summary also says that nothing was found. True by default.
 * @property {boolean} [fresh] Whether the report is about what the form holds at this moment: then words of it may be shown
 *   that no message quotes. False by default.
 * @property {(field: Field) => boolean} [only] The fields that get messages; all by default.
 * @property {Guide} [guide] The fields, where somebody knows them: the same guide for as long as they are the same. They are
 *   looked up by default.
 */

/** @typedef {ReturnType<typeof createView>} View */

/** @type {WeakMap<Element, View>} */
const views = new WeakMap();

/**
 * Shows a report on a form, in place of the one shown before.
 * @param {Element} root A form, or any element around controls.
 * @param {Report} report
 * @param {ShowOptions & Manner} [options]
 */
export function show(root, report, options = {}) {
  const view = views.get(root) ?? createView(root, options);
  views.set(root, view);
  view.update(report, options);
}

/**
 * Takes away everything that `show` has put on a page.
 * @param {Element} root
 */
export function hide(root) {
  views.get(root)?.clear();
  views.delete(root);
}

/**
 * Shows reports on one form, again and again.
 * @param {Element} root
 * @param {ShowOptions} [options]
 */
export function createView(root, options = {}) {
  // Kept, as a form looks for a control of that name on each access: with thousands of controls that takes long.
  const page = root.ownerDocument;
  const texts = { ...TEXTS, ...options.messages };
  const requirements = library(options.requirements);
  const attributes = keptAttributes();
  const strips = options.smart ? createStrips(root, texts.smart) : undefined;
  /** @type {Map<Control, Mark>} */
  const marks = new Map();
  /** Marks by each element that they have touched. @type {Map<Element, Mark>} */
  const touching = new Map();
  /** @type {Set<string>} */
  let askedKeys = new Set();
  /** Where the link of a finding goes: hosts put other controls in place of those that were there. */
  /** @type {Map<string, Element | undefined>} */
  let targets = new Map();
  /** @type {Map<string, HTMLElement>} */
  const links = new Map();
  /** @type {Summary | null} */
  let summary = null;
  let summaryKey = "";
  /** What the summary was last given. @type {Located[]} */
  let summarised = [];
  /** Says that the plan cannot be checked. @type {HTMLElement | null} */
  let trouble = null;
  /** @type {HTMLElement | null} */
  let status = null;
  let statusTimer = 0;
  /** @type {Report | undefined} */
  let latest;
  /** @type {Guide | undefined} */
  let guide;
  /** What is known of each finding, for as long as the fields are the same. @type {WeakMap<Finding, Located>} */
  let known = new WeakMap();

  /**
   * @param {Report} report
   * @param {Manner} [manner]
   */
  function update(report, { asked = true, focus: takesFocus = false, none = true, fresh = false, only = () => true, guide: given } = {}) {
    const next = given ?? new Guide(fields(root, options), root);
    const isNew = next !== guide;
    guide = next;
    if (isNew) {
      known = new WeakMap();
      removeCopies();
    }
    // The same words may rest on something else in another manual.
    if (latest && !isSameManual(latest.procedure, report.procedure)) {
      for (const mark of marks.values()) Object.assign(mark, { found: [], key: "", nodes: new Map() });
      summary?.items.clear();
      summaryKey = "";
    }
    latest = report;
    removeTrouble();
    const all = report.findings.map((finding) => located(finding, next, fresh));
    const shown = all.filter(({ field }) => !field || only(field));
    targets = new Map(shown.map(({ key, target }) => [key, target]));
    showMessages(shown, report);
    strips?.update(report, next);
    if (asked) askedKeys = new Set(shown.filter(({ field }) => !field).map(({ key }) => key));
    if (options.summary === false || !(asked || summary)) return;
    // Between two asked checks the summary follows what is put right, and tells nothing new that has no field.
    const told = shown.filter(({ field, key }) => field || askedKeys.has(key));
    if (asked || !isSame(told, summarised)) showSummary(told, report, asked, none);
    summarised = told;
    if (asked && takesFocus && summary) focusSummary();
  }

  /**
   * @param {Finding} finding
   * @param {Guide} guide
   * @param {boolean} fresh
   * @returns {Located} The same as before while nothing is new about it.
   */
  function located(finding, guide, fresh) {
    const before = known.get(finding);
    if (before && !finding.span) return before;
    const { message } = finding;
    const field = guide.at(finding.path);
    const words = field && wordsOf(finding, field, fresh);
    const { rule, path, severity, cites, remedy } = finding;
    const key = [rule, path, severity, message, words?.text, words?.from, cites.join(), remedy].join("\n");
    if (before?.key === key) return before;
    const isHere = field !== undefined && isReachable(field);
    const target = isHere ? focusable(field) : guide.nearest(finding.path);
    const item = JSON.stringify([key, target !== undefined, isHere, finding.accepted]);
    const now = { finding, message, words, key, item, target, field: isHere ? field : undefined, at: guide.orderOf(target) };
    known.set(finding, now);
    return now;
  }

  // ---- messages at the fields ----

  /**
   * @param {Located[]} shown
   * @param {Report} report
   */
  function showMessages(shown, report) {
    /** @type {Map<Control, Located[]>} */
    const byControl = new Map();
    for (const located of shown) {
      if (!located.field || located.finding.accepted) continue;
      const control = located.field.controls[0];
      const found = byControl.get(control);
      if (found) found.push(located);
      else byControl.set(control, [located]);
    }
    for (const [control, mark] of marks) {
      if (byControl.has(control) && mark.block.isConnected) continue;
      unmark(mark);
      marks.delete(control);
    }
    const news = [...byControl].filter(([control, found]) => !isSame(marks.get(control)?.found, found));
    if (!news.length) return;
    // All places are looked up before the first message is put on the page: each look after a change costs a layout.
    const own = ownPlaces(root);
    const places = news.map(([control, found]) => {
      const field = /** @type {Field} */ (found[0].field);
      return { control, found, field, put: marks.has(control) ? () => {} : placeFor(field, own) };
    });
    for (const { control, found, field, put } of places) {
      const mark = marks.get(control) ?? newMark();
      marks.set(control, mark);
      fillMark(mark, field, found, report);
      put(mark.block);
    }
  }

  /** @returns {Mark} */
  function newMark() {
    const block = element("div", "cinplan-messages");
    return { block, found: [], key: "", touched: [], nodes: new Map() };
  }

  /**
   * How a message gets to its place. A host whose layout leaves no room before a control marks a place of its own, with
   * `data-cin-message`.
   * @param {Field} field
   * @param {Map<string, Element>} places The places of the host's own.
   * @returns {(block: HTMLElement) => void}
   */
  function placeFor(field, places) {
    const own = places.get(field.path);
    if (own) return (block) => own.append(block);
    const spot = spotFor(field);
    return (block) => spot.before(block);
  }

  /**
   * @param {Mark} mark
   * @param {Field} field
   * @param {Located[]} found
   * @param {Report} report
   */
  function fillMark(mark, field, found, report) {
    const key = found.map(({ key }) => key).join("\n\n");
    mark.found = found;
    const told = found.filter(({ finding }) => finding.severity !== "advice");
    const described = told.length ? describedBy(field) : [];
    const shown = told.length ? field.controls.filter((control) => control.type !== "hidden") : [];
    const touched = [...described, ...shown];
    if (mark.key === key && touched.length === mark.touched.length && touched.every((one) => mark.touched.includes(one))) return;
    mark.key = key;
    const nodes = new Map(found.map((one) => [one.key, mark.nodes.get(one.key) ?? messageOf(one, report)]));
    mark.nodes = nodes;
    mark.block.replaceChildren(...nodes.values());

    release(mark);
    if (!told.length) return;
    const ids = told.map(({ key }) => /** @type {HTMLElement} */ (nodes.get(key)).dataset.cinplanId ?? "");
    const severity = told.some(({ finding }) => finding.severity === "error") ? "error" : "warning";
    for (const element of described) attributes.add(element, "aria-describedby", ids);
    for (const control of shown) {
      attributes.set(control, "data-cinplan-state", severity);
      if (severity === "error") attributes.set(control, "aria-invalid", "true");
    }
    mark.touched = touched;
    for (const one of touched) touching.set(one, mark);
  }

  /**
   * @param {Located} located
   * @param {Report} report
   */
  function messageOf({ finding, message, words }, report) {
    const box = element("div", `cinplan-finding cinplan-finding--${finding.severity}`);
    const why = whyOf(finding, message, report);
    const reason = reasonFor(finding, message);
    if (finding.severity === "advice") {
      const folded = /** @type {HTMLDetailsElement} */ (element("details", "cinplan-advice"));
      const text = element("p", "cinplan-message");
      text.append(...marked(message, words));
      folded.append(element("summary", "cinplan-advice__summary", texts.advice), text, why, ...reason);
      box.append(folded);
      return box;
    }
    const text = element("p", "cinplan-message");
    text.id = box.dataset.cinplanId = freshId();
    text.append(element("span", "cinplan-hidden", `${texts[finding.severity]}: `), ...marked(message, words));
    box.append(text, why, ...reason);
    return box;
  }

  /**
   * A message with the words that it is about underlined: where it quotes them, or else behind it.
   * @param {string} message
   * @param {Located["words"]} words
   */
  function marked(message, words) {
    if (!words) return [message];
    const { text, from } = words;
    const mark = element("mark", "cinplan-words", text);
    if (from === undefined) return [`${message} – “`, mark, "”"];
    return [message.slice(0, from), mark, message.slice(from + text.length)];
  }

  /**
   * @param {Finding} finding
   * @param {string} message
   * @param {Report} report
   */
  function whyOf(finding, message, report) {
    const why = /** @type {HTMLDetailsElement} */ (element("details", "cinplan-why"));
    const opener = element("summary", "cinplan-why__summary", texts.why);
    // Many of them stand on a page; each is told apart by what it is about.
    opener.append(element("span", "cinplan-hidden", ` ${message}`));
    const body = element("div", "cinplan-why__body");
    why.append(opener, body);
    why.addEventListener("toggle", async () => {
      if (!why.open) return;
      const { title, id } = report.procedure;
      if (!body.childElementCount) body.append(...reasons(finding, new Map(), title, texts.read));
      const known = await requirements(id);
      if (known.size) body.replaceChildren(...reasons(finding, known, title, texts.read));
    });
    return why;
  }

  /**
   * Where the manual leaves room and the host has a place for it: what leads to a reason that settles the finding.
   * @param {Finding} finding
   * @param {string} message
   */
  function reasonFor(finding, message) {
    const settle = options.reasons ?? root.querySelector("[data-cin-reasons]");
    const place = typeof settle === "string" ? find(settle) : settle;
    if (!finding.leaves_room || finding.accepted || !place) return [];
    const offer = element("button", "cinplan-offer", texts.reasons.offer ?? REASON_TEXTS.offer);
    offer.setAttribute("type", "button");
    offer.append(element("span", "cinplan-hidden", ` ${message}`));
    offer.addEventListener("click", () => {
      if (typeof place === "function") return latest && place(finding, latest);
      const back = () => {
        // The finding may have gone since; its field has not.
        if (offer.isConnected) return offer.focus();
        const target = nearest(finding.path, fields(root, options), root);
        if (target) goTo(target, finding.path);
      };
      recordReason(place, { ...finding, message }, { today: latest?.today, form: root, back, texts: texts.reasons });
    });
    return [offer];
  }

  /** @param {Mark} mark */
  function release(mark) {
    for (const touched of mark.touched) {
      attributes.restore(touched);
      touching.delete(touched);
    }
    mark.touched = [];
  }

  /** @param {Mark} mark */
  function unmark(mark) {
    mark.block.remove();
    release(mark);
  }

  /** Pages that make a new row by copying one copy our messages with it; the copy is cleaned. */
  function removeCopies() {
    const blocks = new Set([...marks.values()].map(({ block }) => block));
    strips?.removeCopies();
    for (const block of root.querySelectorAll(".cinplan-messages")) {
      if (!blocks.has(/** @type {HTMLElement} */ (block))) block.remove();
    }
    for (const copy of root.querySelectorAll("[data-cinplan-state], [aria-describedby*='cinplan-id-']")) {
      if (!attributes.has(copy)) cleaned(copy);
    }
  }

  // ---- the summary ----

  /**
   * @param {Located[]} shown
   * @param {Report} report
   * @param {boolean} asked
   * @param {boolean} none
   */
  function showSummary(shown, report, asked, none) {
    const open = shown.filter(({ finding }) => !finding.accepted).sort((a, b) => a.at - b.at);
    const of = (/** @type {Finding["severity"]} */ severity) => open.filter(({ finding }) => finding.severity === severity);
    const groups = { errors: of("error"), warnings: of("warning"), advice: of("advice") };
    const settled = shown.filter(({ finding }) => finding.accepted);
    setTitle(groups.errors.length > 0);

    const nothing = !open.length && !settled.length;
    if (nothing && !(asked && none)) return removeSummary();
    const key = [groups.errors, groups.warnings, groups.advice, settled].map((group) => group.map(({ item }) => item).join()).join("|");
    if (!asked && key === summaryKey) return;
    summaryKey = key;

    const active = activeElement();
    const hadFocus = summary?.box.contains(active) ?? false;
    const focusedKey = hadFocus ? [...links].find(([, link]) => link === active)?.[0] : undefined;
    // What somebody asked for is told, and what follows is not: each in an element of its own. What is off stays off.
    const isNew = asked || !summary || summary.content.hasAttribute("role");
    const parts = isNew ? newSummary(summary) : /** @type {Summary} */ (summary);
    summary = parts;
    const { box, content, lists, folds } = parts;
    // Advice alone leaves nothing to put right.
    const gravity = groups.errors.length ? "error" : groups.warnings.length ? "check" : "none";
    box.className = `cinplan-summary cinplan-summary--${gravity}`;
    // Told at once when somebody asked, as in govuk-frontend in a child of what takes the focus; silent afterwards.
    if (asked) content.setAttribute("role", "alert");
    write(parts.title, { error: texts.problem, check: texts.check, none: texts.none }[gravity]);
    links.clear();
    const items = parts.items;
    parts.items = new Map();
    for (const name of /** @type {const} */ (["errors", "warnings", "advice"])) fillList(lists[name], groups[name], items, report);
    fillList(lists.settled, settled, items, report);
    if (isNew) lists.off.append(...(report.off ?? []).map((id) => element("li", "cinplan-summary__item", titleOf(id))));
    for (const name of /** @type {const} */ (["advice", "settled", "off"])) {
      const count = lists[name].childElementCount;
      write(/** @type {Element} */ (folds[name].firstElementChild), `${texts[name]} (${count})`);
      if (!count) folds[name].open = false;
    }
    const isIn = (/** @type {keyof typeof lists} */ name) => lists[name].childElementCount > 0;
    arrange(content, [
      parts.title,
      ...(isIn("errors") ? [lists.errors] : []),
      ...(isIn("errors") && isIn("warnings") ? [parts.also] : []),
      ...(isIn("warnings") ? [lists.warnings] : []),
      ...(isIn("advice") ? [folds.advice] : []),
      ...(isIn("settled") ? [folds.settled] : []),
      ...(isIn("off") ? [folds.off] : []),
    ]);
    if (isNew) box.replaceChildren(content);
    if (!box.isConnected) putSummary(box);
    // Who is on the way through the list stays where they are in it.
    const kept = active && box.contains(active) ? /** @type {HTMLElement} */ (active) : undefined;
    const again = focusedKey === undefined ? kept : links.get(focusedKey);
    if (!hadFocus || (again && again === activeElement())) return;
    if (again) again.focus({ preventScroll: true });
    else if (!box.contains(activeElement())) focusSummary();
  }

  /**
   * @param {Summary | null} before What stays of it is what people have opened.
   * @returns {Summary}
   */
  function newSummary(before) {
    const box = before?.box ?? element("div", "cinplan-summary");
    box.tabIndex = -1;
    const list = () => {
      const list = element("ul", "cinplan-summary__list");
      list.setAttribute("role", "list");
      return list;
    };
    const lists = { errors: list(), warnings: list(), advice: list(), settled: list(), off: list() };
    const fold = (/** @type {"advice" | "settled" | "off"} */ name) => {
      const details = /** @type {HTMLDetailsElement} */ (element("details", `cinplan-summary__folded cinplan-summary__folded--${name}`));
      details.append(element("summary", ""), lists[name]);
      details.open = before?.folds[name].open ?? false;
      return details;
    };
    return {
      box,
      content: element("div", "cinplan-summary__content"),
      title: element("h2", "cinplan-summary__title"),
      also: element("h3", "cinplan-summary__subtitle", texts.also),
      lists,
      folds: { advice: fold("advice"), settled: fold("settled"), off: fold("off") },
      items: before?.items ?? new Map(),
    };
  }

  /**
   * What was there before stays untouched, with those who are reading in it.
   * @param {HTMLElement} list
   * @param {Located[]} group
   * @param {Map<string, HTMLElement>} before
   * @param {Report} report
   */
  function fillList(list, group, before, report) {
    const items = /** @type {Summary} */ (summary).items;
    const wanted = group.map((located) => {
      let key = located.item;
      // Nothing is told twice in the same words; should it be, each has an item.
      while (items.has(key)) key += " ";
      const item = before.get(key) ?? itemOf(located, report);
      items.set(key, item);
      const link = item.querySelector(":scope > .cinplan-summary__link");
      if (link) links.set(located.key, /** @type {HTMLElement} */ (link));
      return item;
    });
    arrange(list, wanted);
  }

  /**
   * @param {Located} located
   * @param {Report} report
   */
  function itemOf({ finding, message, key, target, field }, report) {
    const item = element("li", `cinplan-summary__item cinplan-summary__item--${finding.severity}`);
    if (target) {
      const link = /** @type {HTMLAnchorElement} */ (element("a", "cinplan-summary__link", message));
      link.href = `#${target.id}`;
      link.addEventListener("click", (event) => {
        event.preventDefault();
        goTo(targets.get(key) ?? target, finding.path);
      });
      item.append(link);
    } else {
      item.append(element("span", "cinplan-summary__text", message));
    }
    if (finding.accepted) item.append(element("p", "cinplan-summary__reason", reasonOf(finding.accepted)));
    // Where there is a field, "Why?" stands there.
    else if (!field) item.append(whyOf(finding, message, report), ...reasonFor(finding, message));
    return item;
  }

  /** @param {NonNullable<Finding["accepted"]>} accepted */
  function reasonOf({ reason, by, role }) {
    return `${reason} (${[by, role].filter(Boolean).join(", ")})`;
  }

  /** @param {HTMLElement} box */
  function putSummary(box) {
    const place = options.summary ?? "top";
    const container = place instanceof Element ? place : typeof place === "string" && place !== "top" ? find(place) : null;
    (container ?? root).prepend(box);
  }

  /** @param {string} selector */
  function find(selector) {
    return /** @type {Document | ShadowRoot} */ (root.getRootNode()).querySelector(selector);
  }

  function removeSummary() {
    summary?.box.remove();
    summary = null;
    summaryKey = "";
    summarised = [];
  }

  function focusSummary() {
    if (summary) focusBox(summary.box);
  }

  /** @param {HTMLElement} box */
  function focusBox(box) {
    bringIntoView(box);
    box.focus({ preventScroll: true });
  }

  function activeElement() {
    return /** @type {Document | ShadowRoot} */ (root.getRootNode()).activeElement ?? null;
  }

  // ---- title and announcements ----

  /** @param {boolean} hasErrors */
  function setTitle(hasErrors) {
    if (options.title !== false) titles.mark(page, api, hasErrors, `${texts.error}: `);
  }

  /**
   * Says something to those who listen to the page, once, without moving the focus.
   * @param {string} text
   */
  function announce(text) {
    if (!status?.isConnected) {
      status = element("div", "cinplan-hidden cinplan-status");
      status.setAttribute("role", "status");
      root.append(status);
    }
    const region = status;
    clearTimeout(statusTimer);
    region.textContent = "";
    // A region is only listened to once it has been there for a moment.
    statusTimer = window.setTimeout(() => {
      region.textContent = text;
      statusTimer = window.setTimeout(() => (region.textContent = ""), 5000);
    }, 150);
  }

  /**
   * Takes everything away, and says that the plan cannot be checked.
   * @param {Manner} [manner]
   */
  function fail({ focus: takesFocus = false } = {}) {
    const active = activeElement();
    const isShown = trouble && (trouble.isConnected || options.summary === false);
    if (!isShown) {
      // Whoever reads at a field goes on there.
      const at = [...marks].find(([, { block }]) => active && block.contains(active))?.[0];
      clear();
      trouble = element("div", "cinplan-summary cinplan-summary--unchecked");
      trouble.tabIndex = -1;
      const content = element("div", "cinplan-summary__content");
      content.append(element("h2", "cinplan-summary__title", texts.unchecked), element("p", "cinplan-summary__line", texts.goOn));
      trouble.append(content);
      if (options.summary !== false) putSummary(trouble);
      announce(`${texts.unchecked}. ${texts.goOn}`);
      at?.focus({ preventScroll: true });
    }
    const isLost = active && !active.isConnected && (activeElement() ?? page.body) === page.body;
    if (trouble && (takesFocus || isLost)) focusBox(trouble);
  }

  function removeTrouble() {
    trouble?.remove();
    trouble = null;
  }

  /** Takes everything away. */
  function clear() {
    clearTimeout(statusTimer);
    status?.remove();
    status = null;
    for (const mark of marks.values()) unmark(mark);
    marks.clear();
    removeCopies();
    strips?.clear();
    removeSummary();
    removeTrouble();
    askedKeys.clear();
    setTitle(false);
  }

  /**
   * The messages that stand at a control now.
   * @param {Element} control
   * @returns {string[]}
   */
  function messagesAt(control) {
    const mark = marks.get(/** @type {Control} */ (control)) ?? touching.get(control);
    return [...(mark?.block.querySelectorAll(".cinplan-finding > .cinplan-message") ?? [])].map((text) => text.textContent ?? "");
  }

  /**
   * @param {string} tag
   * @param {string} name
   * @param {string} [text]
   * @returns {HTMLElement}
   */
  function element(tag, name, text) {
    const made = page.createElement(tag);
    if (name) made.className = name;
    if (text !== undefined) made.textContent = text;
    return made;
  }

  function freshId() {
    do ids += 1;
    while (page.getElementById(`cinplan-id-${ids}`));
    return `cinplan-id-${ids}`;
  }

  const api = { update, fail, announce, clear, focusSummary, messagesAt };
  return api;
}

/**
 * A finding with the words and the place it is shown with.
 * @typedef {object} Located
 * @property {Finding} finding
 * @property {string} message
 * @property {{ text: string, from?: number }} [words] The words that it is about, and where its message quotes them.
 * @property {string} key The same for the same finding, from one report to the next.
 * @property {string} item The same for the same item of the summary.
 * @property {Field} [field] The field that it stands at, where the form has one.
 * @property {Element} [target] Where its link goes.
 * @property {number} at Its place in the order of the page.
 */

/**
 * @typedef {object} Summary
 * @property {HTMLElement} box
 * @property {HTMLElement} content
 * @property {HTMLElement} title
 * @property {HTMLElement} also
 * @property {Record<"errors" | "warnings" | "advice" | "settled" | "off", HTMLElement>} lists
 * @property {Record<"advice" | "settled" | "off", HTMLDetailsElement>} folds
 * @property {Map<string, HTMLElement>} items What stands in the lists.
 */

/**
 * The messages of one field.
 * @typedef {object} Mark
 * @property {HTMLElement} block
 * @property {Located[]} found What it was last given.
 * @property {string} key What it shows.
 * @property {Element[]} touched Elements of the host whose attributes were changed.
 * @property {Map<string, HTMLElement>} nodes
 */

/**
 * @param {Report["procedure"]} one
 * @param {Report["procedure"]} other
 */
const isSameManual = (one, other) => one.id === other.id && one.title === other.title && one.edition === other.edition;

/**
 * @param {Located[] | undefined} some
 * @param {Located[]} others
 */
const isSame = (some, others) => some?.length === others.length && some.every((one, at) => one === others[at]);

/**
 * Makes the children of an element those that are wanted, and touches no other.
 * @param {Element} parent
 * @param {Element[]} wanted
 */
function arrange(parent, wanted) {
  const stays = new Set(wanted);
  for (const child of [...parent.children]) if (!stays.has(child)) child.remove();
  let next = parent.firstElementChild;
  for (const child of wanted) {
    if (child === next) next = next.nextElementSibling;
    else parent.insertBefore(child, next);
  }
}

/**
 * Writes only what is new.
 * @param {Element} element
 * @param {string} text
 */
function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

let ids = 0;

/**
 * The words that a finding is about. They are those that the field holds now, at the place that the finding names: where
 * its text has changed since, or the message quotes something else, there are none.
 * @param {Finding} finding
 * @param {Field} field
 * @param {boolean} fresh
 * @returns {Located["words"]}
 */
function wordsOf({ message, span }, { controls, date }, fresh) {
  if (!span || date || controls.length > 1) return undefined;
  const [start, end] = span;
  const typed = controls[0].value;
  const text = typed.slice(start, end);
  if (!text || end > typed.length) return undefined;
  for (const { 1: quote, index } of message.matchAll(/“([^“”]*)”/g)) {
    // A message may quote more than these words: as much of the field as it needs around them.
    for (let at = quote.indexOf(text); at >= 0; at = quote.indexOf(text, at + 1)) {
      const from = start - at;
      if (from >= 0 && typed.startsWith(quote, from)) return { text, from: index + 1 + at };
    }
  }
  return fresh && !message.includes("“") ? { text } : undefined;
}

/**
 * @param {string} rule
 * @returns {string}
 */
function titleOf(rule) {
  try {
    return core.rules().find(({ id }) => id === rule)?.title ?? rule;
  } catch {
    // Nothing was initialised here: a server has checked.
    return rule;
  }
}

/** Attributes of the host that were changed, with what they were. */
function keptAttributes() {
  /** @type {Map<Element, Map<string, { before: string | null, now: string, ids: string[] }>>} */
  const kept = new Map();
  // A host with checks of its own may write the very value that stands there already: it stays when ours is taken away.
  const watcher = new MutationObserver(notice);

  /** @param {MutationRecord[]} changes */
  function notice(changes) {
    for (const { target, attributeName } of changes) {
      const attribute = kept.get(/** @type {Element} */ (target))?.get(attributeName ?? "");
      if (attribute && !attribute.ids.length) attribute.before = /** @type {Element} */ (target).getAttribute(attributeName ?? "");
    }
  }

  /**
   * @param {Element} element
   * @param {string} name
   * @param {string} now
   * @param {string[]} [ids]
   */
  function set(element, name, now, ids = []) {
    const names = kept.get(element) ?? new Map();
    kept.set(element, names);
    notice(watcher.takeRecords());
    names.set(name, { before: element.getAttribute(name), now, ids });
    element.setAttribute(name, now);
    // What is ours is no change by the host.
    watcher.takeRecords();
    watcher.observe(element, { attributes: true, attributeFilter: ["aria-invalid"] });
  }

  return {
    set,

    /**
     * Adds ids to a list of ids.
     * @param {Element} element
     * @param {string} name
     * @param {string[]} ids
     */
    add(element, name, ids) {
      const before = element.getAttribute(name)?.trim();
      set(element, name, [...(before ? [before] : []), ...ids].join(" "), ids);
    },

    /** @param {Element} element */
    restore(element) {
      notice(watcher.takeRecords());
      for (const [name, { before, now, ids }] of kept.get(element) ?? []) {
        const value = element.getAttribute(name);
        if (value === now) put(element, name, before);
        // The host has changed it meanwhile: only what is ours goes.
        else if (value !== null && ids.length) put(element, name, withoutIds(value, (id) => ids.includes(id)));
      }
      kept.delete(element);
      if (!kept.size) watcher.disconnect();
    },

    /** @param {Element} element */
    has: (element) => kept.has(element),
  };
}

/** @param {Element} copy */
function cleaned(copy) {
  if (copy.getAttribute("data-cinplan-state") === "error") copy.removeAttribute("aria-invalid");
  copy.removeAttribute("data-cinplan-state");
  const ids = copy.getAttribute("aria-describedby");
  if (ids) put(copy, "aria-describedby", withoutIds(ids, (id) => id.startsWith("cinplan-id-")));
}

/**
 * @param {string} list
 * @param {(id: string) => boolean} isOurs
 */
function withoutIds(list, isOurs) {
  return list.split(/\s+/).filter((id) => id && !isOurs(id)).join(" ") || null;
}

/**
 * @param {Element} element
 * @param {string} name
 * @param {string | null} value
 */
function put(element, name, value) {
  if (value === null) element.removeAttribute(name);
  else element.setAttribute(name, value);
}

/** Where a page keeps what is known of its title, for whichever versions of this package are on it. */
const TITLE = Symbol.for("cinplan.title");

/** "Error: " before the title of a page, for as long as any of its forms shows errors. */
const titles = {
  /**
   * @param {Document} page
   * @param {unknown} owner
   * @param {boolean} hasErrors
   * @param {string} prefix
   */
  mark(page, owner, hasErrors, prefix) {
    const title = page.head.querySelector("title");
    if (!title) return;
    /** @type {{ owners: Set<unknown>, before: string, now: string }} */
    const state = Reflect.get(page, TITLE) ?? { owners: new Set(), before: "", now: "" };
    Reflect.set(page, TITLE, state);
    const had = state.owners.size > 0;
    if (hasErrors) state.owners.add(owner);
    else state.owners.delete(owner);
    const has = state.owners.size > 0;
    // A server that found errors of its own may have said so already.
    if (has && !had && !page.title.startsWith(prefix)) {
      state.before = title.textContent ?? "";
      state.now = title.textContent = prefix + page.title;
    }
    // A title that the host has changed meanwhile is left alone.
    if (!has && had && title.textContent === state.now) title.textContent = state.before;
  },
};
