// cinplan/schema.js, alone and in the hands of form libraries that know nothing of cinplan.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { standardSchemaResolver } from "@hookform/resolvers/standard-schema";
import { FormApi } from "@tanstack/form-core";
import { createFormControl } from "react-hook-form";
import { initSync, Validator } from "../../pkg/cinplan.js";
import { schema } from "../../pkg/schema.js";

const root = new URL("../../", import.meta.url);
const today = "2026-11-21";

/** @type {import("../../pkg/cinplan.js").PlanRecord} */
const plan = { plan: { actions: [{ what: "Book a speech assessment", who: "Ann Example" }, { what: "Weekly drop-in" }] } };
const whoIsMissing = ["plan", "actions", 1, "who"];

// Made before cinplan is initialised, as modules do that export one.
const circulate = schema({ procedure: "cambridgeshire", stage: "circulate", today });

test("it validates once cinplan is initialised, and says so before", () => {
  assert.throws(() => circulate["~standard"].validate(plan), { code: "not-initialised" });
});

test("errors are issues with their place, and nothing else is", () => {
  initSync({ module: readFileSync(new URL("pkg/cinplan_bg.wasm", root)) });
  const result = circulate["~standard"].validate(plan);
  assert.ok(result.issues);
  const { findings } = Validator.builtIn("cambridgeshire").check(plan, { today, stage: "circulate" });
  const errors = findings.filter(({ severity, accepted }) => severity === "error" && !accepted);
  assert.ok(errors.length < findings.length);
  assert.deepEqual(result.issues.map(({ message }) => message), errors.map(({ message }) => message));
  assert.ok(result.issues.some(({ path }) => JSON.stringify(path) === JSON.stringify(whoIsMissing)));
});

test("a good plan comes out as it went in", () => {
  const { record, ...good } = JSON.parse(readFileSync(new URL("www/examples/good.json", root), "utf8"));
  const result = schema({ procedure: "cambridgeshire", stage: "close", today: good.today })["~standard"].validate(record);
  assert.ok(!result.issues);
  assert.equal(result.value, record);
});

test("a reason that settles an error settles the issue", () => {
  const validator = { check: () => ({ findings: [
    { severity: "error", message: "One", path: "plan.kind", accepted: { reason: "Agreed" } },
    { severity: "error", message: "Two", path: "meetings[12].invitees[0].role" },
    { severity: "warning", message: "Three", path: "plan.kind" },
  ] }) };
  const result = schema({ procedure: /** @type {any} */ (validator), stage: "close" })["~standard"].validate({});
  assert.deepEqual(result.issues, [{ message: "Two", path: ["meetings", 12, "invitees", 0, "role"] }]);
});

test("rules that are switched off raise no issue, and words of one's own are taken", () => {
  const [{ rule }] = Validator.builtIn("cambridgeshire").check(plan, { today, stage: "circulate" }).findings;
  const issues = (/** @type {Partial<import("../../pkg/schema.js").SchemaOptions>} */ own) =>
    schema({ procedure: "cambridgeshire", stage: "circulate", today, ...own })["~standard"].validate(plan).issues ?? [];
  const without = issues({ off: [rule] });
  assert.ok(without.length && without.length < issues({}).length);
  assert.ok(issues({ messages: { [rule]: "Ask the team manager" } }).some(({ message }) => message === "Ask the team manager"));
});

test("an unknown procedure is told when it is used", () => {
  const nowhere = schema({ procedure: "nowhere", stage: "draft" });
  assert.throws(() => nowhere["~standard"].validate({}), { code: "unknown-procedure" });
});

test("TanStack Form shows each issue at its field", async () => {
  let sent = 0;
  const form = new FormApi({ defaultValues: plan, validators: { onSubmit: circulate }, onSubmit: () => void (sent += 1) });
  form.mount();
  await form.handleSubmit();
  assert.equal(sent, 0);
  const messages = /** @type {any} */ (form.state.errorMap.onSubmit)["plan.actions[1].who"].map((/** @type {any} */ issue) => issue.message);
  assert.match(messages.join(), /action 2/i);
  const free = new FormApi({ defaultValues: plan, validators: { onSubmit: schema({ procedure: "cambridgeshire", stage: "draft", today }) }, onSubmit: () => void (sent += 1) });
  free.mount();
  await free.handleSubmit();
  assert.equal(sent, 1);
});

test("React Hook Form shows each issue at its field", async () => {
  /** @type {any} */
  let errors;
  let sent = 0;
  const send = (/** @type {typeof circulate} */ resolved) =>
    createFormControl({ defaultValues: plan, resolver: standardSchemaResolver(/** @type {any} */ (resolved)) }).handleSubmit(
      () => void (sent += 1),
      (found) => void (errors = found),
    )();
  await send(circulate);
  assert.equal(sent, 0);
  assert.match(errors.plan.actions[1].who.message, /action 2/i);
  await send(schema({ procedure: "cambridgeshire", stage: "draft", today }));
  assert.equal(sent, 1);
});
