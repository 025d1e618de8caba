// The core that the other modules check with: cinplan.js, unless auto.js has put plain.js in its place.

/** @import { Procedure } from "./cinplan.js" */
/** @import { Checker } from "./form.js" */
/** @import { Requirement } from "./why.js" */

import * as compiled from "./cinplan.js";

/**
 * What a core is: the API of cinplan.js. Where it brings the texts of the requirements along, "Why?" needs no request.
 * @typedef {Pick<typeof compiled, "Form" | "Validator" | "procedures" | "rules" | "terms" | "version">
 *   & { requirements?: (procedure: string) => Requirement[] }} Core
 */

/** @type {Core} */
export let core = compiled;

/** @param {Core} other */
export function use(other) {
  core = other;
}

/**
 * @param {string | Procedure | Checker | undefined} procedure
 * @returns {{ validator: Checker, free: () => void }}
 * @throws {Error} With a `code`: `not-initialised`, `unknown-procedure` or `unreadable-procedure`.
 */
export function checkerFor(procedure) {
  if (isChecker(procedure)) return { validator: procedure, free: () => {} };
  if (procedure === undefined) throw coded("unknown-procedure", "A check needs a procedure or a validator");
  const { Validator } = core;
  try {
    const validator = typeof procedure === "string" ? Validator.builtIn(procedure) : new Validator(procedure);
    return { validator, free: () => validator.free() };
  } catch (error) {
    if (/** @type {{ code?: string }} */ (error).code) throw error;
    throw coded("not-initialised", "cinplan is not initialised: await its init() first", error);
  }
}

/**
 * @param {unknown} procedure
 * @returns {procedure is Checker}
 */
function isChecker(procedure) {
  return typeof (/** @type {Partial<Checker> | undefined} */ (procedure)?.check) === "function";
}

/**
 * The day by the clock of the browser or server, where it is used. The only place that reads a clock.
 * @returns {string} Such as `2026-03-12`.
 */
export function civilDay() {
  const now = new Date();
  const two = (/** @type {number} */ number) => String(number).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

/**
 * @param {string} code
 * @param {string} message
 * @param {unknown} [cause]
 */
export function coded(code, message, cause) {
  return Object.assign(new Error(message, cause ? { cause } : undefined), { code });
}
