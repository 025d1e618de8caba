// Small helpers for building the page. Text is always set as text, never as markup.

/**
 * Makes an element. Children that are strings become text.
 *
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, string>} [attributes]
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/**
 * The element with an id, which the page is known to have.
 *
 * @template {HTMLElement} T
 * @param {string} id
 * @param {new () => T} kind
 * @returns {T}
 */
export function byId(id, kind) {
  const element = document.getElementById(id);
  if (!(element instanceof kind)) throw new Error(`The page has no ${kind.name} called ${id}`);
  return element;
}

/**
 * A fold in the style of GOV.UK's details.
 *
 * @param {(Node | string)[]} summary
 * @param {...(Node | string)} content
 */
export function fold(summary, ...content) {
  return make(
    "details",
    { class: "govuk-details" },
    make(
      "summary",
      { class: "govuk-details__summary" },
      make("span", { class: "govuk-details__summary-text" }, ...summary),
    ),
    make("div", { class: "govuk-details__text" }, ...content),
  );
}

/** Text for screen readers alone. @param {string} text */
export const hidden = (text) => make("span", { class: "govuk-visually-hidden" }, text);

/** "1 thing", "2 things". @param {number} count @param {string} one @param {string} [many] */
export const counted = (count, one, many = `${one}s`) => `${count} ${count === 1 ? one : many}`;

/**
 * A day as people write it: 2026-11-21 becomes 21 November 2026, or 21 Nov 2026.
 *
 * @param {string} iso
 * @param {"long" | "medium"} [length]
 */
export function day(iso, length = "long") {
  return new Intl.DateTimeFormat("en-GB", { dateStyle: length, timeZone: "UTC" }).format(new Date(`${iso}T00:00:00Z`));
}

/** Shows the days of a file the way people write them. @param {HTMLElement} within */
export function writeDaysOut(within) {
  for (const control of within.querySelectorAll("input[data-day]")) {
    if (control instanceof HTMLInputElement && /^\d{4}-\d\d-\d\d$/.test(control.value)) {
      // A day that does not exist is left as it is: it is told beside the control.
      const date = new Date(`${control.value}T00:00:00Z`);
      if (!Number.isNaN(date.getTime()) && date.toISOString().startsWith(control.value))
        control.value = day(control.value);
    }
  }
}

/** GOV.UK's own behaviour, where it is there: the page works without. */
export async function startGovuk() {
  document.body.classList.add("js-enabled", "govuk-frontend-supported");
  // Not a literal, so that the type checker leaves the file alone.
  const address = "./vendor/govuk/govuk-frontend.min.js";
  const govuk = await import(/** @type {string} */ (address)).catch(() => null);
  govuk?.initAll();
}

/** Starts a page, and says so where it does not start. @param {() => Promise<void>} start */
export async function startPage(start) {
  const message = byId("not-started", HTMLElement);
  try {
    await start();
    message.hidden = true;
  } catch (error) {
    message.classList.add("not-started--now");
    throw error;
  }
}
