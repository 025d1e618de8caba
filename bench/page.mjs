// What the page of the bench can do; its runner calls it.
import init, * as engine from "../pkg/cinplan.js";
import { all } from "./all.mjs";
import { now } from "./measure.mjs";

/** @import { Start } from "./start/starts.mjs" */
/** @import { Subjects } from "./subjects.mjs" */

const bench = {
  /** @param {{ rounds: number, ms: number }} effort */
  async all(effort) {
    await init({ module_or_path: "/pkg/cinplan_bg.wasm" });
    const response = await fetch("/built/subjects.json");
    const { tell } = /** @type {typeof globalThis & { tell: (name: string) => void }} */ (globalThis);
    return all(engine, /** @type {Subjects} */ (await response.json()), effort, tell);
  },

  /**
   * One start, from the bytes at hand to the answer for the first record.
   * @param {string} contender
   * @returns {Promise<Start>}
   */
  async start(contender) {
    const [code, bytes, given] = await Promise.all(
      [`/built/start-${contender}.mjs`, "/pkg/cinplan_bg.wasm", "/built/first.json"].map(async (path) => (await fetch(path)).arrayBuffer()),
    );
    const first = { ...JSON.parse(new TextDecoder().decode(given)), bytes };
    const module = URL.createObjectURL(new Blob([code], { type: "text/javascript" }));
    const [processor, clock] = [await now(), performance.now()];
    const accepted = await (await import(module)).first(first);
    const took = { clock: performance.now() - clock, processor: (await now()) - processor };
    if (accepted !== true) throw new Error(`${contender} refused the record`);
    return took;
  },
};

Object.assign(window, { bench });
