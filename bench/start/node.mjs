// How long each contender takes to start in Node: each time in a new process, in turn.
import { execFileSync } from "node:child_process";
import { CONTENDERS } from "./bundles.mjs";
import { addStart, noStarts } from "./starts.mjs";

/** @import { Starts } from "./starts.mjs" */

/**
 * @param {URL} folder With the bundles, and what the first record needs as `first.json`.
 * @param {number} rounds
 * @returns {Starts}
 */
export function startInNode(folder, rounds) {
  const path = (/** @type {string} */ name) => new URL(name, import.meta.url).pathname;
  const [wasm, given] = [path("../../pkg/cinplan_bg.wasm"), new URL("first.json", folder).pathname];
  const starts = noStarts();
  for (let round = 0; round < rounds; round += 1) {
    for (const name of CONTENDERS) {
      const took = execFileSync(process.execPath, [path("child.mjs"), new URL(`start-${name}.mjs`, folder).href, wasm, given], { encoding: "utf8" });
      addStart(starts, name, JSON.parse(took));
    }
  }
  return starts;
}
