// A host that uses every part of the package around one form. A test says which answers the form has.
import "../pkg/element.js";
import "../pkg/timeline.js";
import * as auto from "../pkg/auto.js";
import { calendarFile } from "../pkg/calendar.js";
import { checklist } from "../pkg/checklist.js";
import { drawCopy, drawRemoved } from "../pkg/copy.js";
import { fill, read } from "../pkg/form.js";

const form = document.querySelector("form");
const element = document.querySelector("cin-plan");

/** Makes a control for each path. Long text may stand in any of them. @param {string[]} paths */
function build(paths) {
  document.querySelector("#fields").replaceChildren(
    ...paths.map((path) => {
      const label = document.createElement("label");
      const control = document.createElement("textarea");
      control.name = path;
      control.rows = 1;
      label.append(path, control);
      return label;
    }),
  );
}

await element.ready;
const questions = checklist(document.querySelector("#questions"), { form, by: "", record: () => read(form) });
element.options = { smart: true };
await element.ready;

/** @param {string | object} procedure */
const checkerOf = (procedure) => (typeof procedure === "string" ? auto.Validator.builtIn(procedure) : new auto.Validator(procedure));

/** Draws the copy of everybody who is known. @param {object} record */
function drawCopies(record) {
  const validator = checkerOf(element.procedure);
  const place = document.querySelector("#copy");
  place.replaceChildren();
  for (const { reader } of validator.readers(record)) {
    const [paper, removed] = [document.createElement("div"), document.createElement("div")];
    place.append(paper, removed);
    try {
      const copy = validator.copyFor(record, reader);
      drawCopy(paper, copy, { reader, on: "2026-11-21", level: 2 });
      drawRemoved(removed, copy.removed);
    } catch (error) {
      removed.textContent = error.message;
    }
  }
  validator.free();
}

window.cin = { ...auto, init: auto.default, build, calendarFile, drawCopies, element, fill, form, questions, read };
document.documentElement.dataset.ready = "";
