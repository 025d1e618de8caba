// One file for each contender, as a page would load it: with its schema or its manual, and without the others.
import { build } from "esbuild";

/** What each exports as `first`: from nothing to the answer for one record. */
const ENTRIES = /** @type {Record<string, string>} */ ({
  cinplan: `
    import init, { Validator } from "../../pkg/cinplan.js";
    export async function first({ bytes, procedure, plan: { record, options } }) {
      await init({ module_or_path: bytes });
      return Validator.builtIn(procedure).check(record, options).findings.length >= 0;
    }`,
});
for (const peer of ["ajv", "zod", "valibot", "typebox", "arktype"]) {
  ENTRIES[peer] = `
    import { ${peer} } from "../peers/${peer}.mjs";
    export const first = async ({ shape, plan }) => ${peer}(shape)(plan.record);`;
}

export const CONTENDERS = Object.keys(ENTRIES);

/** @param {URL} folder Where each goes, as `start-<contender>.mjs`. */
export async function bundleStarts(folder) {
  for (const [name, contents] of Object.entries(ENTRIES)) {
    await build({
      stdin: { contents, resolveDir: new URL(".", import.meta.url).pathname },
      outfile: new URL(`start-${name}.mjs`, folder).pathname,
      bundle: true,
      minify: true,
      format: "esm",
      logLevel: "error",
    });
  }
}
