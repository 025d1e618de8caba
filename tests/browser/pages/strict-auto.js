import init, { Validator, procedures, version } from "../pkg/auto.js";

const ran = await init();
const { findings } = Validator.builtIn("bolton").check({}, { today: "2026-11-21", stage: "circulate" });
document.documentElement.dataset.ready = JSON.stringify({ ran, procedures: procedures().length, found: findings.length, version: version() });
