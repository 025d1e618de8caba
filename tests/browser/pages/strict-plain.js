import { attach, initSync } from "../pkg/plain.js";

initSync();
attach(document.querySelector("form"), { procedure: "bolton", stage: "circulate", today: "2026-11-21" }).check();
document.documentElement.dataset.ready = "";
