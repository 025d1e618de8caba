// The same as cinplan.js where WebAssembly runs, and as plain.js where the page's host forbids it or lacks it.
//
// Nothing is guessed: `init` tries. Until it has settled, the exports are those of cinplan.js.

/** @import { Core } from "./core.js" */

import initCompiled, * as compiled from "./cinplan.js";
import { use } from "./core.js";

export let { Form, Validator, procedures, rules, terms, version } = compiled;

/**
 * @typedef {object} InitOptions
 * @property {string | URL | Response | BufferSource | WebAssembly.Module} [module_or_path] The WebAssembly module; the
 *   file beside this one unless given.
 * @property {() => Promise<Core & { initSync: () => void }>} [plain] Gets plain.js; the file beside this one unless
 *   given. For bundlers: `() => import("cinplan/plain.js")`.
 */

/** @type {Promise<"wasm" | "plain"> | undefined} */
let starting;

/**
 * Initialises cinplan with what this page can run.
 * @param {InitOptions} [options]
 * @returns {Promise<"wasm" | "plain">} What runs from now on.
 */
export default function init({ module_or_path, plain = beside } = {}) {
  starting ??= start(module_or_path, plain).catch((error) => {
    starting = undefined;
    throw error;
  });
  return starting;
}

/**
 * @param {InitOptions["module_or_path"]} module
 * @param {NonNullable<InitOptions["plain"]>} plain
 * @returns {Promise<"wasm" | "plain">}
 */
async function start(module, plain) {
  try {
    // What a content security policy says to eight bytes it says to the whole, which is then not fetched.
    new WebAssembly.Module(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0));
    await initCompiled(module && { module_or_path: module });
    return "wasm";
  } catch (error) {
    await startPlain(plain, error);
    return "plain";
  }
}

/**
 * @param {NonNullable<InitOptions["plain"]>} plain
 * @param {unknown} cause Why WebAssembly did not run.
 */
async function startPlain(plain, cause) {
  try {
    const core = await plain();
    core.initSync();
    use(core);
    ({ Form, Validator, procedures, rules, terms, version } = core);
  } catch (error) {
    throw new AggregateError([cause, error], "cinplan runs neither as WebAssembly nor as plain JavaScript");
  }
}

function beside() {
  // Kept out of sight of bundlers: it would cost every build half a minute, for a file that hardly any page fetches.
  const here = import.meta.url;
  return import(/* webpackIgnore: true */ /* @vite-ignore */ new URL("plain.js", here).href);
}
