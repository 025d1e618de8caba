// Maps and names that look random, the same in every run.
import assert from "node:assert/strict";
import { test } from "node:test";
import { hold } from "../names.mjs";

test("whatever a map and a name are, the name leads to its place or nowhere", () => {
  let seed = 1;
  const next = () => (seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0) >>> 24;
  let read = 0;
  for (let run = 0; run < 20_000; run += 1) {
    const input = Uint8Array.from({ length: 20 + (next() % 60) }, next);
    try {
      read += Number(hold(input));
    } catch (error) {
      throw new Error(`input ${Buffer.from(input).toString("hex")}`, { cause: error });
    }
  }
  assert.ok(read > 2_000, `${read} maps could be read`);
});
