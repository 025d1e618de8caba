// What stands in the place of cinplan.js in plain.js: the same glue, around the module turned into JavaScript.
//
// Nothing runs before `init`. What is imported from target/ is made by module.sh and bundle.mjs.

import * as glue from "../../target/plain/cinplan_bg.js";
import { instantiate, pages, wide } from "../../target/plain/module.js";
import texts from "../../target/plain/requirements.js";

export { Form, Validator, procedures, rules, terms, version } from "../../target/plain/cinplan_bg.js";

let started = false;

export function initSync() {
  if (started) return;
  const imports = {
    host: { memory: new Memory(pages) },
    "./cinplan_bg.js": { ...glue, ...Object.fromEntries(wide.map((name) => [name, joined(glue[name])])) },
    // From which index on a value is the glue's to drop: it minds its own fixed ones, so it is handed all.
    __wbindgen_externref_xform__: { __wbindgen_externref_statics_end: () => 0 },
  };
  glue.__wbg_set_wasm(instantiate(imports));
  started = true;
}

export default async function init() {
  initSync();
}

/** @param {string} procedure */
export function requirements(procedure) {
  return texts[procedure] ?? [];
}

/**
 * The memory of the module. When it grows, the buffer before is taken out of use, as WebAssembly does it: that is how
 * the glue knows that its views are stale.
 */
class Memory {
  /** @type {ArrayBuffer} */
  #buffer;

  /** @param {number} pages */
  constructor(pages) {
    this.#buffer = new ArrayBuffer(pages * 65536);
  }

  get buffer() {
    return this.#buffer;
  }

  set buffer(grown) {
    structuredClone(this.#buffer, { transfer: [this.#buffer] });
    this.#buffer = grown;
  }
}

/**
 * A function that takes a 64-bit number, for a caller that hands it over in two halves.
 * @param {(number: bigint) => unknown} take
 */
function joined(take) {
  return (/** @type {number} */ low, /** @type {number} */ high) => take((BigInt(high) << 32n) | BigInt(low >>> 0));
}
