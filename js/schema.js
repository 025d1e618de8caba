// A schema for form libraries and servers that take any Standard Schema: https://standardschema.dev
//
// Its issues are the errors of a report. What the manual merely expects, and what may help, blocks nobody: to show it,
// check with a `Validator`.

/** @import { Finding, Options, PlanRecord, Procedure } from "./cinplan.js" */
/** @import { Checker } from "./form.js" */

import { checkerFor, civilDay } from "./core.js";
import { stepsOf } from "./read.js";

/**
 * Which manual, how far the plan has come, and the other options of a check; the day is that by the clock, at each check,
 * unless it is given.
 * @typedef {Omit<Options, "today"> & { procedure: string | Procedure | Checker, today?: string }} SchemaOptions
 */

/**
 * @typedef {object} Issue
 * @property {string} message
 * @property {readonly (string | number)[]} path The place in the record: `["plan", "actions", 0, "who"]`.
 */

/**
 * The interface `StandardSchemaV1`, for a record that is handed on as it was typed in.
 * @template Input
 * @typedef {{
 *   readonly "~standard": {
 *     readonly version: 1,
 *     readonly vendor: "cinplan",
 *     readonly types?: { readonly input: Input, readonly output: Input },
 *     readonly validate: (value: unknown) => Result<Input>,
 *   },
 * }} PlanSchema
 */

/**
 * @template Input
 * @typedef {{ readonly value: Input, readonly issues?: undefined } | { readonly issues: readonly Issue[] }} Result
 */

/**
 * A schema that checks a record against a manual. It can be made at any time, and validates once cinplan is initialised.
 * The value that comes out is the one that went in: nothing typed is changed.
 * @template [Input=PlanRecord] Your own type of a form's values, where it is not that of the record.
 * @param {SchemaOptions} options
 * @returns {PlanSchema<Input>}
 * @throws {Error} On validating, with a `code`, as `attach` does.
 */
export function schema({ procedure, today, ...options }) {
  /** @type {Checker | undefined} */
  let checker;
  return {
    "~standard": {
      version: 1,
      vendor: "cinplan",
      validate(value) {
        checker ??= checkerFor(procedure).validator;
        const record = /** @type {PlanRecord} */ (value);
        const { findings } = checker.check(record, { ...options, today: today ?? civilDay() });
        const issues = findings.filter(isOpenError).map(({ message, path }) => ({ message, path: stepsOf(path) }));
        return issues.length ? { issues } : { value: /** @type {Input} */ (value) };
      },
    },
  };
}

/** @param {Finding} finding */
function isOpenError({ severity, accepted }) {
  return severity === "error" && !accepted;
}
