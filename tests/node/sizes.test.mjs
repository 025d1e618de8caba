// docs/sizes.md tells what there is, and roughly what it weighs: whoever lets a file grow by a third says so there.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { sizes } from "../../tools/sizes.mjs";

test("the table of sizes is not far off", () => {
  const page = readFileSync(new URL("../../docs/sizes.md", import.meta.url), "utf8");
  const told = new Map([...page.matchAll(/^\| (.+?) \| ([\d.]+) \|/gm)].map(([, name, kb]) => [name.replace(/^`([^`]+)`$/, "$1"), Number(kb)]));
  const truth = sizes();
  assert.deepEqual([...told.keys()], [...truth.keys()], "run make sizes");
  for (const [name, { raw }] of truth) {
    const ratio = raw / 1000 / (told.get(name) ?? 0);
    assert.ok(ratio > 0.75 && ratio < 1.33, `${name}: ${raw} bytes; run make sizes`);
  }
});
