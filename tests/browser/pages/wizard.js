// The wizard as it was, and the five lines that it takes to check it.
import init from "../pkg/cinplan.js";
import { attach } from "../pkg/form.js";

const form = document.querySelector("form");
const steps = [...form.querySelectorAll(".step")];

function go(id) {
  for (const step of steps) step.hidden = step.id !== `step-${id}`;
  const at = steps.findIndex((step) => !step.hidden);
  document.title = `Plan wizard: step ${at + 1} of ${steps.length}`;
  for (const tab of document.querySelectorAll("[data-go]")) {
    if (tab.dataset.go === id) tab.setAttribute("aria-current", "step");
    else tab.removeAttribute("aria-current");
  }
  document.querySelector("#next").hidden = at === steps.length - 1;
}

document.querySelector("#tabs").addEventListener("click", ({ target }) => target.dataset.go && go(target.dataset.go));
document.querySelector("#next").addEventListener("click", () => {
  // The wizard's own check, with its own mark and its own ARIA.
  const held = form.elements.mtg_date;
  held.setAttribute("aria-invalid", String(!held.checkValidity()));
  if (held.checkValidity()) go(steps[steps.findIndex((step) => !step.hidden) + 1].id.slice(5));
  else held.focus();
});

const map = {
  mtg_date: "meetings[0].held_on",
  mtg_chair: "meetings[0].chair.name",
  "act{n}_text": "plan.actions[n].what",
  "act{n}_who": "plan.actions[n].who",
  contingency: "plan.contingency",
  "excl{n}_name": "sharing.exclusions[n].name",
  "excl{n}_why": "sharing.exclusions[n].reason",
};
await init();
window.kept = attach(form, { procedure: "cambridgeshire", stage: "circulate", today: "2026-11-21", map, block: "circulate" });
form.addEventListener("cinplan:reveal", ({ target }) => go(target.closest(".step").id.slice(5)));
document.documentElement.dataset.ready = "";
