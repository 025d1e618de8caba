// Parts of the form that few plans need, each behind a question. Nothing that stands in a part is lost while it is
// closed: it is kept, checked and saved like the rest, and whatever leads to it opens it.

import { get, isBlank } from "./paths.js";

const KEPT = "What was entered here is kept, and is still checked.";

/**
 * @param {HTMLFormElement} form
 * @param {() => unknown} current gives the plan as it stands
 * @returns {(record: unknown) => void} to be called with each plan that is loaded: what holds something stands open
 */
export function applies(form, current) {
  const parts = [...form.querySelectorAll("[data-applies]")].map((part) => {
    const body = /** @type {HTMLElement} */ (part);
    const question = /** @type {Element} */ (body.previousElementSibling);
    const [yes, no] = /** @type {HTMLInputElement[]} */ ([...question.querySelectorAll('input[type="radio"]')]);
    const kept = /** @type {Element} */ (question.querySelector(".applies__kept"));
    const holds = (/** @type {unknown} */ record) => !isBlank(get(record, body.dataset.applies ?? ""));
    const follow = () => {
      body.hidden = !yes.checked;
      const words = no.checked && holds(current()) ? KEPT : "";
      // The adapter watches the form for changes: only what is new is written.
      if (kept.textContent !== words) kept.textContent = words;
    };
    question.addEventListener("change", follow);
    return {
      body,
      /** @param {boolean | undefined} answer */
      answer(answer) {
        yes.checked = answer === true;
        no.checked = answer === false;
        follow();
      },
      holds,
    };
  });

  form.addEventListener("cinplan:reveal", ({ target }) => {
    for (const { body, answer } of parts) if (body.hidden && body.contains(/** @type {Node} */ (target))) answer(true);
  });

  return (record) => {
    for (const { answer, holds } of parts) answer(holds(record) || undefined);
  };
}
