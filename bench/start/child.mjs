// One start in a process of its own: prints what it took from its bytes at hand to the answer for the first record.
import { readFileSync } from "node:fs";
import { now } from "../measure.mjs";

const [bundle, wasm, given] = process.argv.slice(2);
const first = { ...JSON.parse(readFileSync(given, "utf8")), bytes: readFileSync(wasm) };
// Once, so that the file is at hand.
readFileSync(new URL(bundle));
const [processor, clock] = [await now(), performance.now()];
const accepted = await (await import(bundle)).first(first);
const took = { clock: performance.now() - clock, processor: (await now()) - processor };
if (accepted !== true) throw new Error(`${bundle} refused the record`);
process.stdout.write(JSON.stringify(took));
