// Measures how fast cinplan is beside others and writes docs/performance.md and docs/performance.json. Run by `make bench`.
import { readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import * as engine from "../pkg/cinplan.js";
import { all } from "./all.mjs";
import { subjects } from "./subjects.mjs";
import { page, summary } from "./table.mjs";

const root = new URL("../", import.meta.url);
engine.initSync({ module: readFileSync(new URL("pkg/cinplan_bg.wasm", root)) });

const tell = (/** @type {string} */ text) => console.error(`  ${text}`);
const given = subjects();
console.error("Node.js");
const node = all(engine, given, { rounds: 21, ms: 4 }, tell);

const result = summary(given, { [`node ${process.versions.node}`]: node });
const { packages } = JSON.parse(readFileSync(new URL("package-lock.json", root), "utf8"));
const versions = Object.fromEntries(["ajv", "zod", "valibot", "typebox", "arktype"].map((name) => [name, packages[`node_modules/${name}`].version]));
const whole = { processor: cpus()[0].model, versions, ...result };
writeFileSync(new URL("docs/performance.json", root), `${JSON.stringify(whole, null, 1)}\n`);
writeFileSync(new URL("docs/performance.md", root), page(whole));
