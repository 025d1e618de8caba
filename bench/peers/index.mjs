// The libraries that look at the structure of the same record, and at nothing else.
import { ajv } from "./ajv.mjs";
import { arktype } from "./arktype.mjs";
import { typebox } from "./typebox.mjs";
import { valibot } from "./valibot.mjs";
import { zod } from "./zod.mjs";

export { ajv };

/** @import { Shape } from "../shape.mjs" */

/** Makes a check from the shape; each says whether it accepts a record, and finds every fault where it does not. */
export const PEERS = /** @type {Record<string, (shape: Shape) => (record: unknown) => boolean>} */ ({
  ajv,
  zod,
  valibot,
  typebox,
  arktype,
});
