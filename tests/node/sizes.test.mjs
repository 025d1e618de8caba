// What a page loads stays within its budget, and docs/sizes.md tells what there is and roughly what it weighs: whoever lets a
// file grow by a third says so there.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { WAYS, imported, sizes } from "../../tools/sizes.mjs";

const page = readFileSync(new URL("../../docs/sizes.md", import.meta.url), "utf8");
const [tables] = page.split("\n## ");
/** In bytes, by way and by file, as the page has it. */
const told = new Map(
  [...tables.matchAll(/^\| (.+?) \| ([\d.]+) \| [\d.]+ \| ([\d.]+) \|/gm)].map(([, name, raw, brotli]) => [
    name.replace(/^`([^`]+)`$/, "$1"),
    { raw: Number(raw) * 1000, brotli: Number(brotli) * 1000 },
  ]),
);
const truth = sizes();

for (const [way, { start, budget }] of Object.entries(WAYS)) {
  test(`${way}: what a page loads stays within its budget`, () => {
    const now = truth.get(way)?.brotli ?? NaN;
    const grown = [...imported(start)].flatMap((name) => {
      const more = (truth.get(name)?.brotli ?? NaN) - (told.get(name)?.brotli ?? 0);
      // The page has whole kB.
      return more > 500 ? [`${name} has grown by ${(more / 1000).toFixed(1)} kB`] : [];
    });
    assert.ok(
      now <= budget,
      `${now} bytes of brotli, ${now - budget} more than the budget in tools/sizes.mjs (WAYS). ` +
        `Since docs/sizes.md was written, ${grown.join(", ") || "no file has grown by much"}.`,
    );
  });
}

test("the tables of sizes are not far off", () => {
  assert.deepEqual([...told.keys()], [...truth.keys()], "run make sizes");
  for (const [name, { raw }] of truth) {
    const ratio = raw / (told.get(name)?.raw ?? 0);
    assert.ok(ratio > 0.75 && ratio < 1.33, `${name}: ${raw} bytes; run make sizes`);
  }
});
