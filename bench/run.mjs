// Measures how fast cinplan is beside others and writes docs/performance.md and docs/performance.json. Run by `make bench`.
//
// For whoever changes the core: `node bench/run.mjs --node` leaves the browser and the files out, and prints what is aimed
// at; with --quick it is over sooner, and the figures are worth less.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import * as engine from "../pkg/cinplan.js";
import { all } from "./all.mjs";
import { inBrowser } from "./browser.mjs";
import { aims, page } from "./page-of-results.mjs";
import { bundleStarts } from "./start/bundles.mjs";
import { startInNode } from "./start/node.mjs";
import { subjects } from "./subjects.mjs";
import { summary } from "./summary.mjs";

const root = new URL("../", import.meta.url);
const folder = new URL("target/bench/", root);
const tell = (/** @type {string} */ text) => console.error(text);
const tellPart = (/** @type {string} */ name) => tell(`  ${name}`);
const [quick, nodeAlone] = ["--quick", "--node"].map((option) => process.argv.includes(option));

const given = subjects();
const { procedure, shape } = given;
mkdirSync(folder, { recursive: true });
await bundleStarts(folder);
// A plan of everyday size is the first that each sees.
const first = given.subjects.find(({ name }) => name === "middle, none")?.plans[0].plan;
writeFileSync(new URL("first.json", folder), JSON.stringify({ procedure, shape, plan: first }));
writeFileSync(new URL("subjects.json", folder), JSON.stringify(given));

engine.initSync({ module: readFileSync(new URL("pkg/cinplan_bg.wasm", root)) });

tell("In Node.js, each start in a process of its own");
const nodeStarts = startInNode(folder, quick ? 2 : 9);
tell("In Node.js");
const node = await all(engine, given, { rounds: quick ? 5 : 21, ms: 4 }, tellPart);
/** @type {Parameters<typeof summary>[1]} */
const runs = { [`Node.js ${process.versions.node.split(".")[0]}`]: { measured: node, starts: nodeStarts } };
if (nodeAlone) {
  console.log(aims(summary(given, runs)));
  process.exit();
}
tell("In Chromium");
const { version, ...run } = await inBrowser(folder, { rounds: quick ? 3 : 15, ms: 8, starts: quick ? 2 : 9 }, tellPart);
const result = summary(given, { ...runs, [`Chromium ${version}`]: run });
writeFileSync(new URL("docs/performance.json", root), `${JSON.stringify(result, null, 1)}\n`);
const text = readFileSync(new URL("bench/performance.md", root), "utf8");
writeFileSync(new URL("docs/performance.md", root), page(text, result));
