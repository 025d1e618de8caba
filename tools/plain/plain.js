// What plain.js exports; bundle.mjs makes one file of it.
export { default, initSync, requirements } from "./core.js";
export { Form, Validator, procedures, rules, terms, version } from "./core.js";
export * from "../../js/form.js";
