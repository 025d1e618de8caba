// Rows that people add and remove: one component for every list of the form.
//
// <div data-rows="plan.actions" data-noun="action" data-article="an"> holds a <template> for one row and a button that
// adds one. In the template a control is named plan.actions[].what; templates may hold lists of their own. Rows are
// numbered without gaps: when one is removed, the controls of those after it are renamed, so that "action 2" in a
// message is the second action that people see. A row folds to one line that says what is in it; those of a list with
// `data-folded` come folded from a file.
// A list with `data-like="meetings[].invitees"` has rows like those of that list, whose template it takes.

import { get } from "./paths.js";

/** Rows of a file that are shown. Those after them are kept and checked all the same. */
const MOST_SHOWN = 300;

/** Attributes that hold the name of a control, or begin with it. */
const NAMING = ["id", "name", "for", "aria-labelledby", "data-rows", "data-cin-part"];

/** Attributes that name a hint. The adapter keeps what a control is described by, so a hint is never renamed. */
const HINTING = ["id", "aria-describedby"];

/**
 * @typedef {{ change: "add" | "remove", row: HTMLElement, list: string, index: number, what: string }} RowEvent
 *   `list` and `index` are the place of the row, and `what` is how people call it: "Action 2"
 */

/**
 * @param {HTMLElement} root what holds the lists
 * @param {{ before?: (event: RowEvent) => void, after: (event: RowEvent) => void }} hooks
 *   called before and after somebody adds or removes a row
 */
export function rows(root, { before, after }) {
  root.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest("button") : null;
    const list = button?.closest("[data-rows]");
    if (!button || !(list instanceof HTMLElement)) return;
    const rows = rowsOf(list);
    if (button.hasAttribute("data-add")) {
      const row = add(list);
      after({ change: "add", row, list: pathOf(list), index: rows.length, what: called(row) });
      firstControl(row)?.focus();
    } else if (button.hasAttribute("data-remove")) {
      const row = /** @type {HTMLDetailsElement} */ (button.closest(".row"));
      const index = rows.indexOf(row);
      const removal = { change: /** @type {const} */ ("remove"), row, list: pathOf(list), index, what: called(row) };
      before?.(removal);
      row.remove();
      rows.splice(index, 1);
      for (let at = index; at < rows.length; at++)
        rename(rows[at], `${pathOf(list)}[${at + 1}]`, `${pathOf(list)}[${at}]`);
      count(list);
      after(removal);
      // To the row that took its place, or else to the one before it, or else to the button that adds one.
      const next = rows[index] ?? rows[index - 1];
      (next ? summaryOf(next) : addButton(list)).focus();
    }
  });
  // `toggle` does not bubble.
  root.addEventListener(
    "toggle",
    (event) => {
      if (event.target instanceof HTMLElement && event.target.matches(".row")) describe(event.target);
    },
    true,
  );

  for (const list of everyList(root)) {
    const like = list.dataset.like && everyList(root).find((other) => pathOf(other) === list.dataset.like);
    if (like) list.prepend(templateLike(like, pathOf(list)));
  }

  const clear = () => {
    for (const list of listsIn(root)) {
      for (const row of rowsOf(list)) row.remove();
      if (list.hasAttribute("data-first")) add(list);
      addButton(list).hidden = false;
      count(list);
    }
  };
  clear();

  return {
    /** Starts again, with the rows that an empty form has. */
    clear,
    /**
     * Adds a row to a list, as its button does.
     *
     * @param {string} path
     * @returns {HTMLElement | null} the row; null where there is no room for another
     */
    append(path) {
      const list = root.querySelector(`[data-rows="${path}"]`);
      if (!(list instanceof HTMLElement) || addButton(list).hidden) return null;
      const index = rowsOf(list).length;
      const row = add(list);
      after({ change: "add", row, list: path, index, what: called(row) });
      return row;
    },
    /** Starts again, with a row for each that a record has. @param {unknown} record */
    fit(record) {
      clear();
      // Rows hold lists of their own, so what was added is looked through as well.
      for (let lists = listsIn(root); lists.length > 0;) {
        lists = lists.flatMap((list) => {
          const there = rowsOf(list).length;
          const given = get(record, pathOf(list));
          const wanted = Array.isArray(given) ? Math.min(given.length, MOST_SHOWN) : 0;
          for (let row = there; row < wanted; row++) add(list);
          // A row after those that are not shown could not be told from them.
          addButton(list).hidden = Array.isArray(given) && given.length > MOST_SHOWN;
          return rowsOf(list).flatMap(listsIn);
        });
      }
    },
    /** Folds the rows that come folded from a file, once they are filled in. @param {unknown} record */
    fold(record) {
      for (const list of root.querySelectorAll("[data-rows][data-folded]")) {
        const given = get(record, pathOf(/** @type {HTMLElement} */ (list)));
        const fromFile = Array.isArray(given) ? given.length : 0;
        for (const row of rowsOf(/** @type {HTMLElement} */ (list)).slice(0, fromFile)) row.open = false;
      }
    },
  };
}

/** How people call the rows around an element, from outside in: "Meeting 1, invitee 3". @param {Element} element */
export function place(element) {
  const names = [];
  for (let row = element.closest(".row"); row; row = row.parentElement?.closest(".row") ?? null)
    names.unshift(called(row));
  return names.map((name, index) => (index === 0 ? name : name[0].toLowerCase() + name.slice(1))).join(", ");
}

/** The names of the lists that the form shows, a row's own lists before the row's. @param {HTMLElement} root */
export function listPaths(root) {
  return [...root.querySelectorAll("[data-rows]")]
    .map((list) => /** @type {HTMLElement} */ (list).dataset.rows ?? "")
    .reverse();
}

/** The lists of the form, those in templates too. @param {ParentNode} within @returns {HTMLElement[]} */
function everyList(within) {
  return [...within.querySelectorAll("[data-rows], template")].flatMap((element) =>
    element instanceof HTMLTemplateElement ? everyList(element.content) : [/** @type {HTMLElement} */ (element)],
  );
}

/** A copy of the template of a list, with the names of another. @param {HTMLElement} list @param {string} path */
function templateLike(list, path) {
  const copy = /** @type {HTMLTemplateElement} */ (templateOf(list).cloneNode(true));
  rename(copy.content, `${pathOf(list)}[]`, `${path}[]`, [...NAMING, ...HINTING]);
  return copy;
}

/** @param {HTMLElement} list */
const templateOf = (list) => /** @type {HTMLTemplateElement} */ (list.querySelector(":scope > template"));

/** @param {HTMLElement} list */
function add(list) {
  const fragment = /** @type {DocumentFragment} */ (templateOf(list).content.cloneNode(true));
  const row = /** @type {HTMLElement} */ (fragment.firstElementChild);
  const key = freshKey();
  keyOf(row).value = key;
  rename(fragment, `${pathOf(list)}[]`, `${pathOf(list)}[${rowsOf(list).length}]`);
  for (const element of fragment.querySelectorAll("*")) {
    for (const name of HINTING) {
      const hint = element.getAttribute(name);
      if (hint?.endsWith("-hint")) element.setAttribute(name, `hint-${key}-${hint.slice(pathOf(list).length)}`);
    }
  }
  addButton(list).before(row);
  for (const inner of listsIn(row)) {
    if (inner.hasAttribute("data-first")) add(inner);
    count(inner);
  }
  count(list);
  return row;
}

/**
 * Names the controls of a row, and those of its own lists, anew.
 *
 * @param {ParentNode} within
 * @param {string} from
 * @param {string} to
 * @param {string[]} attributes
 */
function rename(within, from, to, attributes = NAMING) {
  for (const element of within.querySelectorAll("*")) {
    for (const name of attributes) {
      const value = element.getAttribute(name);
      if (value?.startsWith(from)) element.setAttribute(name, to + value.slice(from.length));
    }
    if (element instanceof HTMLTemplateElement) rename(element.content, from, to, attributes);
  }
}

/** Numbers the rows for people to see, and words the button for the next one. @param {HTMLElement} list */
function count(list) {
  const there = rowsOf(list);
  there.forEach((row, index) => {
    for (const number of row.querySelectorAll("[data-number]")) {
      if (number.closest(".row") === row) number.textContent = String(index + 1);
    }
  });
  const { noun, article } = list.dataset;
  addButton(list).textContent = `Add ${there.length > 0 ? "another" : article} ${noun}`;
}

/** The lists in an element that are not a list's own. @param {HTMLElement} element @returns {HTMLElement[]} */
function listsIn(element) {
  const row = element.closest(".row");
  return [...element.querySelectorAll("[data-rows]")]
    .filter((list) => list instanceof HTMLElement && (list.closest(".row") ?? null) === row)
    .map((list) => /** @type {HTMLElement} */ (list));
}

/** @param {HTMLElement} list */
function rowsOf(list) {
  return [...list.querySelectorAll(":scope > .row")].map((row) => /** @type {HTMLDetailsElement} */ (row));
}

/** @param {HTMLElement} list */
function pathOf(list) {
  return list.dataset.rows ?? "";
}

/** @param {HTMLElement} list */
function addButton(list) {
  return /** @type {HTMLButtonElement} */ (list.querySelector(":scope > [data-add]"));
}

/** @param {Element} row */
function called(row) {
  return summaryOf(row).firstChild?.textContent + (summaryOf(row).querySelector("[data-number]")?.textContent ?? "");
}

/** @param {Element} row */
function summaryOf(row) {
  return /** @type {HTMLElement} */ (row.querySelector("summary"));
}

/** @param {Element} row */
export function keyOf(row) {
  return /** @type {HTMLInputElement} */ (row.querySelector('input[type="hidden"]'));
}

/** Says in the line of a folded row what is in it. @param {HTMLElement} row */
function describe(row) {
  const about = row.querySelector(".row__about");
  if (about) about.textContent = row.hasAttribute("open") ? "" : ` ${answersIn(row, 2).join(" · ")}`;
}

/**
 * The first answers in a row, in the words of the page.
 *
 * @param {Element} row
 * @param {number} most
 * @returns {string[]}
 */
export function answersIn(row, most) {
  const answers = [];
  for (const control of row.querySelectorAll('input:not([type="hidden"]), select, textarea')) {
    if (control.closest(".row") !== row || answers.length === most) break;
    if (control.closest(".govuk-date-input, .govuk-radios, .govuk-checkboxes")) continue;
    const answer =
      control instanceof HTMLSelectElement
        ? control.selectedOptions[0]?.text
        : /** @type {HTMLInputElement} */ (control).value;
    if (answer) answers.push(shortened(answer));
  }
  return answers;
}

/** @param {string} text */
function shortened(text) {
  return text.length > 60 ? `${text.slice(0, 60).trimEnd()}…` : text;
}

/** @param {HTMLElement} row @returns {HTMLElement | null} */
function firstControl(row) {
  return row.querySelector('input:not([type="hidden"]), select, textarea');
}

/** A key that no other row has, in this plan or another version of it. */
function freshKey() {
  return [...crypto.getRandomValues(new Uint8Array(6))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
