// Invented plans for www/audit.html, made from the examples: `node tools/audit-plans.mjs` writes www/examples/audit.ndjson.
import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { example } from "../www/examples.js";

const FOLDER = new URL("../www/examples/", import.meta.url);
const get = async (/** @type {string} */ file) => JSON.parse(await readFile(new URL(file, FOLDER), "utf8"));

/** The plans of the sample: which example, on which day, and at which stage where it is not the example's own. */
const SAMPLE = [
  ["review", "2026-10-22"],
  ["faults", "2026-10-22"],
  ["not-invited", "2026-10-22"],
  ["kept-from", "2026-10-22"],
  ["closing-early", "2026-11-20"],
  ["good", "2026-11-20"],
  ["review", "2027-02-15"],
  ["moving-area", "2026-11-20"],
  ["good-derbyshire-single-focus", "2026-11-20"],
  ["good-derbyshire-team", "2026-11-20"],
  ["good-bolton", "2026-11-20"],
  ["faults", "2027-01-11"],
];

/** @param {number} number */
const reference = (number) => `CIN-${String(number).padStart(5, "0")}`;

/**
 * Any number of plans: the examples in turn, each on another day, without some of its answers. The same every time.
 *
 * @param {number} count
 */
export async function* manyPlans(count) {
  /** @type {{ name: string }[]} */
  const index = await get("index.json");
  const examples = await Promise.all(index.map(({ name }) => example(name, get)));
  const whole = examples.filter(({ record }) => Object.keys(record).length > 0);
  let chance = 1;
  for (let number = 1; number <= count; number++) {
    const { record, procedure = "cambridgeshire", stage, today } = whole[number % whole.length];
    const random = () => (chance = (chance * 48271) % 2147483647) / 2147483647;
    const day = new Date(Date.parse(today) + Math.floor(random() * 120 - 30) * 86_400_000);
    yield {
      id: reference(number),
      procedure,
      stage,
      today: day.toISOString().slice(0, 10),
      record: thinned(record, () => random() < 0.02),
    };
  }
}

/** A copy without some of the texts in it. @param {unknown} data @param {() => boolean} isLost @returns {unknown} */
function thinned(data, isLost) {
  if (Array.isArray(data)) return data.map((one) => thinned(one, isLost));
  if (typeof data !== "object" || data === null) return data;
  return Object.fromEntries(
    Object.entries(data)
      .filter(([name, value]) => name === "id" || typeof value !== "string" || !isLost())
      .map(([name, value]) => [name, thinned(value, isLost)]),
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const lines = SAMPLE.map(async ([name, today], index) => {
    const { record, procedure, stage } = await example(name, get);
    return `${JSON.stringify({ id: reference(index + 101), procedure: procedure ?? "cambridgeshire", stage, today, record })}\n`;
  });
  await writeFile(new URL("audit.ndjson", FOLDER), (await Promise.all(lines)).join(""));
}
