// What is known of each form that is being checked, for the parts of a page that follow one.

/** @import { Report } from "./cinplan.js" */

/**
 * @typedef {object} Followed
 * @property {Report} report The latest report.
 * @property {(path: string) => Element | undefined} find The place to go to for a path.
 */

/** By form, for as long as it is checked. @type {WeakMap<Element, Followed>} */
export const latest = new WeakMap();

/**
 * Follows a form that is checked, now or later, by its id or by that of an element around it.
 * @param {Element} from An element in the same document or shadow root.
 * @param {() => string | null} id
 * @param {(report: Report, form: Element) => void} on Called with the latest report and with each new one.
 * @returns {() => void} Stops.
 */
export function follow(from, id, on) {
  const root = /** @type {Document | ShadowRoot} */ (from.getRootNode());
  const named = () => {
    const wanted = id();
    return wanted ? root.getElementById?.(wanted) : null;
  };
  const listener = (/** @type {Event} */ event) => {
    const form = /** @type {Element} */ (event.target);
    if (named()?.contains(form)) on(/** @type {CustomEvent<Report>} */ (event).detail, form);
  };
  root.addEventListener("cinplan:report", listener);
  const there = named();
  for (const form of there ? [there, ...there.querySelectorAll("form")] : []) {
    const known = latest.get(form);
    if (known) on(known.report, form);
  }
  return () => root.removeEventListener("cinplan:report", listener);
}
