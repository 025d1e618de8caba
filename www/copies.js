// The copies of the plan: a page of its own over the plan that is being written, which goes nowhere but to the printer.

import { drawCopy, drawRemoved } from "../pkg/copy.js";
import { byId, counted, fold, make } from "./page.js";

/** @import { KnownReader, PlanCopy, PlanRecord, Removed, Validator } from "../pkg/cinplan.js" */

/** How much each may see, beside their name. @type {Record<KnownReader["sees"], string>} */
const SEES = { plan: "", "agreed-parts": "the agreed parts", nothing: "no copy" };

/** What the worker is told of a copy. @type {Record<PlanCopy["sees"], string>} */
const ABOUT = {
  plan: "This is the plan without its working papers. Read it before you send it.",
  "agreed-parts":
    "This copy holds the parts that were agreed. Text that names other people or places is left out, but no program knows every nickname: read it before you send it.",
};

/**
 * @param {() => { validator: Validator, record: PlanRecord }} now the manual and the plan, as they stand
 */
export function copiesPage(now) {
  const work = byId("work", HTMLElement);
  const page = byId("copies", HTMLElement);
  const title = byId("copies-title", HTMLElement);
  const reader = byId("copy-reader", HTMLSelectElement);
  const told = byId("copy-told", HTMLElement);
  const kept = byId("copy-kept", HTMLElement);
  const paper = byId("copy-paper", HTMLElement);
  const print = byId("copy-print", HTMLButtonElement);
  const opener = byId("copies-open", HTMLButtonElement);
  /** @type {KnownReader[]} */
  let known = [];
  let scrolled = 0;

  const draw = () => {
    const chosen = known[Number(reader.value)]?.reader;
    for (const place of [told, kept, paper]) place.replaceChildren();
    print.hidden = true;
    if (reader.value === "" || !chosen) return;
    const { validator, record } = now();
    try {
      const copy = validator.copyFor(record, chosen);
      drawCopy(paper, copy, { reader: chosen, level: 2 });
      told.append(make("p", { class: "notice" }, ABOUT[copy.sees]));
      kept.append(keptBack(copy.removed));
      print.hidden = false;
    } catch (error) {
      told.append(make("p", { class: "notice notice--problem" }, `${error instanceof Error ? error.message : error}.`));
    }
  };

  const close = () => {
    // Nothing of a copy stays behind.
    for (const place of [reader, told, kept, paper]) place.replaceChildren();
    page.hidden = true;
    work.hidden = false;
    window.scrollTo(0, scrolled);
    opener.focus({ preventScroll: true });
  };

  opener.addEventListener("click", () => {
    const { validator, record } = now();
    known = validator.readers(record);
    reader.replaceChildren(
      new Option("Choose a person", ""),
      ...known.map(({ reader: { name, role }, sees }, index) => {
        const beside = [role, SEES[sees]].filter(Boolean).join(", ");
        return new Option(beside ? `${name} (${beside})` : name, String(index));
      }),
    );
    draw();
    scrolled = window.scrollY;
    work.hidden = true;
    page.hidden = false;
    window.scrollTo(0, 0);
    title.focus({ preventScroll: true });
  });
  reader.addEventListener("change", draw);
  print.addEventListener("click", () => window.print());
  byId("copies-close", HTMLButtonElement).addEventListener("click", close);
}

/** What was left out, for the worker alone. @param {Removed[]} removed */
function keptBack(removed) {
  const list = make("div");
  drawRemoved(list, removed);
  return fold([`Kept back: ${counted(removed.length, "answer or part", "answers and parts")}`], list);
}
