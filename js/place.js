// Where on a page a field stands: the spot for its message, the elements that describe it, and the way to it.
//
// Forms come as lists of `div`s, as tables and as rows of a grid. A message goes straight before the control or its
// group, after label and hint, as GOV.UK does it; never inside a label, nor between the cells of a table.

/** @import { Control, Field } from "./read.js" */

/** Elements in which a field starts: a message is put inside them and not before them. */
const ENDS =
  "form, fieldset, td, th, li, dd, body, main, section, article, details, dialog, [role=group], [role=radiogroup], .govuk-form-group";

/** Elements that may hold nothing but rows and cells. */
const TABLE_PARTS = "table, thead, tbody, tfoot, tr";

/**
 * Whether a field can be seen and reached at all; hidden controls cannot.
 * @param {Field} field
 */
export function isReachable(field) {
  return field.controls.some((control) => control.type !== "hidden");
}

/**
 * The places that a host has marked for what is said of a field, by the path of the field.
 * @param {Element} root
 */
export const ownPlaces = (root) => marked(root, "data-cin-message");

/**
 * The elements that have an attribute, by its value; of several with one value the first.
 * @param {Element} root
 * @param {string} attribute
 */
function marked(root, attribute) {
  /** @type {Map<string, Element>} */
  const elements = new Map();
  for (const element of root.querySelectorAll(`[${attribute}]`)) {
    const value = element.getAttribute(attribute) ?? "";
    if (!elements.has(value)) elements.set(value, element);
  }
  return elements;
}

/**
 * The element before which the message of a field goes.
 * @param {Field} field
 * @returns {Element}
 */
export function spotFor(field) {
  const shown = field.controls.filter((control) => control.type !== "hidden");
  const first = shown[0] ?? field.controls[0];
  if (shown.length > 1) {
    const group = commonParent(shown);
    if (!group.matches(TABLE_PARTS)) return spotOfGroup(group, first, field);
  }
  return spotOfControl(first, field);
}

/**
 * @param {Element} group
 * @param {Control} first
 * @param {Field} field
 */
function spotOfGroup(group, first, field) {
  /** @type {Element} */
  let item = first;
  while (item.parentElement && item.parentElement !== group) item = item.parentElement;
  // A question that stands inside the group comes before the message.
  return group.matches(ENDS) || hasTextBefore(item) ? item : outOfFlex(group, field);
}

/**
 * @param {Control} control
 * @param {Field} field
 */
function spotOfControl(control, field) {
  /** @type {Element} */
  let spot = control.closest("label") ?? control;
  if (control.type === "checkbox" || control.type === "radio") {
    // The item of box and label, and the list of that item alone: their layout leaves no room inside.
    for (let climbed = 0; climbed < 2; climbed += 1) {
      const parent = spot.parentElement;
      if (!parent || parent.matches(ENDS) || parent.matches(TABLE_PARTS) || hasOthers(parent, field)) break;
      if (parent.tagName === "P" || hasTextBefore(spot)) break;
      spot = parent;
    }
  }
  return outOfFlex(spot, field);
}

/**
 * In a row that is laid out by flex or grid, a message would become a cell of its own.
 * @param {Element} spot
 * @param {Field} field
 */
function outOfFlex(spot, field) {
  let outer = spot;
  for (let parent = outer.parentElement; parent; parent = outer.parentElement) {
    const isRow = /flex|grid/.test(getComputedStyle(parent).display) && getComputedStyle(parent).flexDirection !== "column";
    if (!isRow || parent.matches(ENDS) || hasOthers(parent, field)) break;
    outer = parent;
  }
  return outer;
}

/** @param {Element} element */
function hasTextBefore(element) {
  for (let before = element.previousSibling; before; before = before.previousSibling) {
    if (before instanceof Element ? !before.matches(".cinplan-messages, input[type=hidden]") : before.textContent?.trim()) {
      return true;
    }
  }
  return false;
}

/**
 * Whether controls of other fields stand below an element.
 * @param {Element} element
 * @param {Field} field
 */
function hasOthers(element, field) {
  const below = element.querySelectorAll("input:not([type=hidden]), select, textarea");
  return [...below].some((control) => !field.controls.includes(/** @type {Control} */ (control)));
}

/**
 * @param {Element[]} elements
 * @returns {Element}
 */
function commonParent(elements) {
  let parent = elements[0].parentElement ?? elements[0];
  while (parent.parentElement && !elements.every((element) => parent.contains(element))) parent = parent.parentElement;
  return parent;
}

/**
 * The elements that are described by the message of a field: its own group where there is one, else its controls.
 * @param {Field} field
 * @returns {Element[]}
 */
export function describedBy(field) {
  const shown = field.controls.filter((control) => control.type !== "hidden");
  const grouped = field.date !== undefined || shown.some((control) => control.type === "radio" || control.type === "checkbox");
  const items = grouped ? commonParent(shown) : undefined;
  const group = items?.closest("fieldset, [role=group], [role=radiogroup]");
  if (!items || !group || !ownsGroup(group, items, field)) return shown;
  return [group];
}

/**
 * Whether a group is there for this field alone. What opens below one of its items, as in conditional radios, stands
 * among the items.
 * @param {Element} group
 * @param {Element} items
 * @param {Field} field
 */
function ownsGroup(group, items, field) {
  const all = group.querySelectorAll("input:not([type=hidden]), select, textarea");
  const others = [...all].filter((control) => !field.controls.includes(/** @type {Control} */ (control)));
  return others.length === 0 || (items !== group && others.every((other) => items.contains(other)));
}

/**
 * The place to go to for a path: its own field, else the nearest there is. A row stands for what is missing in it; an
 * element of the host with `data-cin-part="plan.actions"` stands for a part of the record. Whoever asks for many at once
 * asks with the same list of fields.
 * @param {string} path
 * @param {Field[]} fields
 * @param {Element} root
 * @returns {Element | undefined}
 */
export function nearest(path, fields, root) {
  const known = guides.get(fields);
  const guide = known?.root === root ? known : new Guide(fields, root);
  guides.set(fields, guide);
  return guide.nearest(path);
}

/** @type {WeakMap<Field[], Guide>} */
const guides = new WeakMap();

/** The fields of a form with the ways to them, each worked out once and when it is asked for. */
export class Guide {
  /** @type {Map<string, Field> | undefined} */
  #byPath;
  /** @type {Map<Element, number> | undefined} */
  #order;
  /** The first field that can be reached below each part. @type {Map<string, Field> | undefined} */
  #below;
  /** What the host has marked for parts of the record. @type {Map<string, Element> | undefined} */
  #parts;

  /**
   * @param {Field[]} fields
   * @param {Element} root
   */
  constructor(fields, root) {
    this.fields = fields;
    this.root = root;
  }

  /** @param {string} path */
  at(path) {
    this.#byPath ??= new Map(this.fields.map((field) => [field.path, field]));
    return this.#byPath.get(path);
  }

  /**
   * The place of a control in the order of the page; after all others where it belongs to no field.
   * @param {Element | undefined} control
   */
  orderOf(control) {
    this.#order ??= new Map(this.fields.flatMap(({ controls }, at) => controls.map((control) => [control, at])));
    return (control && this.#order.get(control)) ?? this.fields.length;
  }

  /**
   * @param {Element} control
   * @returns {Field | undefined}
   */
  of(control) {
    return this.fields[this.orderOf(control)];
  }

  /**
   * @param {string} path
   * @returns {Element | undefined}
   */
  nearest(path) {
    for (let here = path; here; here = above(here)) {
      // What stands in a group of tick boxes is at the group.
      const own = this.at(here);
      if (own && isReachable(own)) return focusable(own);
      const marker = this.#partAt(here);
      // Of a whole part, everything is near everything: a missing `plan.contingency` is not at `plan.kind`.
      const isNear = here === path || /[.[]/.test(here);
      const field = isNear ? this.#firstBelow(here) : undefined;
      // In its own row a control is nearer; another row is not nearer than the list.
      const [first, second] = here.endsWith("]") ? [field && focusable(field), marker] : [marker, field && focusable(field)];
      if (first ?? second) return first ?? second;
    }
    return undefined;
  }

  /** @param {string} part */
  #firstBelow(part) {
    if (!this.#below) {
      this.#below = new Map();
      for (const field of this.fields) {
        if (!isReachable(field)) continue;
        for (let here = above(field.path); here && !this.#below.has(here); here = above(here)) this.#below.set(here, field);
      }
    }
    return this.#below.get(part);
  }

  /** @param {string} part */
  #partAt(part) {
    this.#parts ??= marked(this.root, "data-cin-part");
    return this.#parts.get(part);
  }
}

/** The part that a path stands in; "" for the whole. @param {string} path */
export const above = (path) => path.slice(0, Math.max(path.lastIndexOf("."), path.lastIndexOf("["), 0));

/**
 * The control of a field that takes the focus: of a group, the one chosen or the first.
 * @param {Field} field
 * @returns {Control}
 */
export function focusable(field) {
  const shown = field.controls.filter((control) => control.type !== "hidden");
  // The first radio is where GOV.UK goes; a browser's Tab key goes to the chosen one. Both are the same group.
  return shown[0] ?? field.controls[0];
}

/**
 * Goes to an element. The host hears `cinplan:reveal` first, so that it can open the step or tab that hides it; if it
 * prevents the default, going there is its own affair.
 * @param {Element} target
 * @param {string} path
 */
export function goTo(target, path) {
  const reveal = new CustomEvent("cinplan:reveal", { bubbles: true, composed: true, cancelable: true, detail: { path } });
  if (!target.dispatchEvent(reveal)) return;
  for (const closed of closedAbove(target)) closed.open = true;
  bringIntoView(headingOf(target));
  focus(target);
}

/**
 * A page that scrolls smoothly does not do so for those who want no motion.
 * @param {Element} element
 */
export function bringIntoView(element) {
  const isStill = matchMedia("(prefers-reduced-motion: reduce)").matches;
  element.scrollIntoView({ behavior: isStill ? "instant" : "auto" });
}

/**
 * @param {Element} target
 * @returns {HTMLDetailsElement[]}
 */
function closedAbove(target) {
  const closed = [];
  for (let element = parentOf(target); element; element = parentOf(element)) {
    if (element instanceof HTMLDetailsElement && !element.open) closed.push(element);
  }
  return closed;
}

/**
 * @param {Element} element
 * @returns {Element | null}
 */
function parentOf(element) {
  const root = element.parentElement ?? element.getRootNode();
  return root instanceof Element ? root : root instanceof ShadowRoot ? root.host : null;
}

/**
 * What should be in view with a control: its label, or the legend of its group, unless that is too far up.
 * @param {Element} target
 * @returns {Element}
 */
function headingOf(target) {
  const legend = target.closest("fieldset")?.querySelector("legend");
  if (legend) {
    const distance = target.getBoundingClientRect().bottom - legend.getBoundingClientRect().top;
    if (distance < window.innerHeight / 2) return legend;
  }
  return /** @type {HTMLInputElement} */ (target).labels?.[0] ?? target;
}

/**
 * Gives an element the focus, and makes it able to have it for as long as it does.
 * @param {Element} element
 */
export function focus(element) {
  if (!(element instanceof HTMLElement)) return;
  element.focus({ preventScroll: true });
  if (isFocused(element) || element.hasAttribute("tabindex")) return;
  element.tabIndex = -1;
  element.addEventListener("blur", () => element.removeAttribute("tabindex"), { once: true });
  element.focus({ preventScroll: true });
}

/** @param {Element} element */
function isFocused(element) {
  const root = element.getRootNode();
  return (root instanceof Document || root instanceof ShadowRoot) && root.activeElement === element;
}
