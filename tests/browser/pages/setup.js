// Hands the modules to the tests, as `window.cin`, with a validator that finds what a test wants found.
import init, { Validator } from "../pkg/cinplan.js";
import * as form from "../pkg/form.js";

/**
 * @param {unknown} findings Findings, or a function from the record to them.
 */
function fake(findings) {
  const checks = [];
  return {
    checks,
    check(record, { today, stage }) {
      checks.push({ record, today, stage });
      const found = (typeof findings === "function" ? findings(record, stage) : findings).map(complete);
      const count = (severity) => found.filter((one) => one.severity === severity && !one.accepted).length;
      return {
        procedure: { id: "cambridgeshire", title: "A manual", edition: "of the tests" },
        stage,
        today,
        findings: found,
        deadlines: [],
        prompts: [],
        summary: {
          errors: count("error"),
          warnings: count("warning"),
          advice: count("advice"),
          prompts_answered: 0,
          prompts_total: 0,
        },
      };
    },
  };
}

function complete(finding) {
  return { rule: "a-rule", severity: "error", message: "Something was found", remedy: "Put it right.", cites: ["CAM-1.01"], ...finding };
}

/** Finds a blank answer at each of the paths, one finding a path. */
function wanting(...paths) {
  return fake((record) =>
    paths
      .filter((path) => valueAt(record, path) === undefined)
      .map((path) => ({ rule: "blank", path, message: `${path} is not filled in` })),
  );
}

function valueAt(record, path) {
  return path
    .match(/[^.[\]]+/g)
    .reduce((here, step) => (here === undefined || here === null ? undefined : here[step]), record);
}

window.cin = { ...form, init, Validator, fake, wanting, form: document.querySelector("form") };
document.documentElement.dataset.ready = "";
