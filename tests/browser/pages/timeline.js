// Hands the modules to the tests as `window.cin`, and fills the form with a case of a year: much was done in time, one
// thing late, one is overdue and some lie ahead.
import "../pkg/element.js";
import init, { Validator } from "../pkg/cinplan.js";
import { timeline } from "../pkg/timeline.js";

/** Days by the names of their controls. */
const DAYS = {
  "plan.started_on": "2026-01-15",
  "meetings[0].held_on": "2026-01-15",
  "meetings[0].minutes.circulated_on": "2026-01-22",
  "meetings[1].held_on": "2026-04-02",
  "meetings[1].minutes.circulated_on": "2026-05-06",
  "meetings[2].held_on": "2026-06-18",
  "meetings[2].minutes.circulated_on": "2026-06-25",
  "meetings[3].held_on": "2026-09-03",
  "meetings[3].minutes.circulated_on": "2026-10-01",
  "meetings[4].held_on": "2026-11-12",
  "meetings[4].minutes.circulated_on": "",
  "visits[0].on": "2026-02-12",
  "visits[1].on": "2026-03-19",
  "visits[2].on": "2026-04-23",
  "visits[3].on": "2026-05-28",
  "visits[4].on": "2026-07-02",
  "visits[5].on": "2026-08-06",
  "visits[6].on": "2026-09-10",
  "visits[7].on": "2026-10-07",
};

const form = document.querySelector("form");
for (const [name, day] of Object.entries(DAYS)) {
  const line = document.createElement("p");
  const label = document.createElement("label");
  const control = document.createElement("input");
  control.id = control.name = name;
  control.value = day;
  label.htmlFor = name;
  label.textContent = name;
  line.append(label, control);
  form.append(line);
}
for (let visit = 0; visit < 8; visit += 1) {
  const seen = document.createElement("input");
  seen.type = "hidden";
  seen.name = `visits[${visit}].child_seen`;
  seen.value = "yes";
  form.append(seen);
}

const element = document.querySelector("cin-timeline");
window.cin = { init, Validator, timeline, form, element };
document.documentElement.dataset.ready = "";
