// The same as cinplan.js where WebAssembly runs, and as plain.js where the page's host forbids it or lacks it.
//
// Nobody is asked and nothing is guessed: `init` tries. The exports are those of cinplan.js until it has settled.

import initCompiled, * as compiled from "./cinplan.js";
import { use } from "./core.js";

export let { Form, Validator, procedures, rules, terms, version } = compiled;

/** @type {Promise<"wasm" | "plain"> | undefined} */
let starting;

/**
 * Initialises cinplan with what this page can run.
 * @param {Parameters<typeof initCompiled>[0]} [source] Where the WebAssembly module is, as for `init` of cinplan.js.
 * @returns {Promise<"wasm" | "plain">} What runs from now on.
 */
export default function init(source) {
  starting ??= start(source).catch((error) => {
    starting = undefined;
    throw error;
  });
  return starting;
}

/**
 * @param {Parameters<typeof initCompiled>[0]} source
 * @returns {Promise<"wasm" | "plain">}
 */
async function start(source) {
  try {
    // Eight bytes tell what a content security policy would say to the whole, before the whole is fetched.
    new WebAssembly.Module(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0));
    await initCompiled(source);
    return "wasm";
  } catch (error) {
    await startPlain(error);
    return "plain";
  }
}

/** @param {unknown} cause Why WebAssembly did not run. */
async function startPlain(cause) {
  try {
    const plain = await import("./plain.js");
    plain.initSync();
    use(plain);
    ({ Form, Validator, procedures, rules, terms, version } = plain);
  } catch (error) {
    throw new AggregateError([cause, error], "cinplan runs neither as WebAssembly nor as plain JavaScript");
  }
}
