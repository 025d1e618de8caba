// What an embedder writes in TypeScript; it is only checked.
import init, { initSync, procedures, rules, version, Validator } from "cinplan";
import type { CinplanError, Finding, Options, PlanRecord, Procedure, Report } from "cinplan";
import initAuto from "cinplan/auto.js";
import { CinPlan } from "cinplan/element.js";
import { attach, fill, read, show } from "cinplan/form.js";
import type { Attached, AttachOptions } from "cinplan/form.js";
import initPlain, { attach as attachPlain, requirements, Validator as PlainValidator } from "cinplan/plain.js";
import { schema } from "cinplan/schema.js";

const record: PlanRecord = {
  plan: { kind: "child-in-need", started_on: "12/03/2026", actions: [{ what: "Book a speech assessment", who: null }, null] },
};
const options: Options = { today: "2026-11-21", stage: "circulate" };

export async function everywhere(form: HTMLFormElement, bytes: ArrayBuffer): Promise<number> {
  await init();
  await init({ module_or_path: new URL("https://example.org/cinplan_bg.wasm") });
  initSync({ module: bytes });
  const ran: "wasm" | "plain" = await initAuto({ plain: () => import("cinplan/plain.js") });
  await initPlain();

  const own: Procedure = Validator.procedure("bolton");
  using validator = new Validator(own);
  const report: Report = validator.check(record, options);
  const grave: Finding[] = report.findings.filter(({ severity, accepted }) => severity === "error" && !accepted);
  const plain: Report = PlainValidator.builtIn("bolton").check(record, options);

  const map: NonNullable<AttachOptions["map"]> = { "txtAct{n}_Owner": "plan.actions[n].who", ddlType: { path: "plan.kind", values: { 0: null } } };
  const attachOptions: AttachOptions = { procedure: own, stage: "review", map, on: ({ summary }) => console.log(summary.errors) };
  const attached: Attached = attach(form, attachOptions);
  attachPlain(form, { procedure: "bolton", stage: "close", requirements: requirements("bolton") }).detach();
  show(form, attached.check());
  fill(form, read(form, { map }));

  const element = new CinPlan();
  element.addEventListener("cinplan:report", () => element.report?.summary.warnings);
  try {
    Validator.builtIn("nowhere");
  } catch (error) {
    if ((error as CinplanError).code === "unknown-procedure") return procedures().length;
  }
  return grave.length + plain.deadlines.length + rules().length + version().length + ran.length;
}

// The interface as https://standardschema.dev has it, of which a schema has to be one.
interface StandardSchemaV1<Input, Output> {
  readonly "~standard": {
    readonly version: 1;
    readonly vendor: string;
    readonly validate: (value: unknown) => Outcome<Output> | Promise<Outcome<Output>>;
    readonly types?: { readonly input: Input; readonly output: Output } | undefined;
  };
}
type Outcome<Output> =
  | { readonly value: Output; readonly issues?: undefined }
  | { readonly issues: readonly { readonly message: string; readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined }[] };

export const planSchema: StandardSchemaV1<PlanRecord, PlanRecord> = schema({ procedure: "bolton", stage: "circulate" });
