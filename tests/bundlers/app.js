// What a team that bundles its pages writes: the adapter on one form, the element around another.
import init from "cinplan";
import "cinplan/element.js";
import { attach } from "cinplan/form.js";
import requirements from "cinplan/requirements/bolton.json";

await init();
attach(document.querySelector("#plan"), { procedure: "bolton", stage: "circulate", today: "2026-11-21", requirements }).check();
document.documentElement.dataset.ready = "";
