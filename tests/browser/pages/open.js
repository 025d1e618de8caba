// Takes the form of the demo with its rows, and hands it to the tests with the modules, as `window.cin`.
import init, { Validator } from "../pkg/cinplan.js";
import * as form from "../pkg/form.js";
import { openPlan } from "../www/plan.js";

const text = await (await fetch("../www/index.html")).text();
const plan = document.adoptNode(new DOMParser().parseFromString(text, "text/html").querySelector("#plan"));
document.querySelector("main").append(plan);
await init();
window.cin = { ...form, init, Validator, form: plan, plan: openPlan(plan, { after() {} }) };
document.documentElement.dataset.ready = "";
