// What a start took: by the clock, which counts what others do on the machine too, and of the processor's time.
import { CONTENDERS } from "./bundles.mjs";

/** @import { Samples } from "../measure.mjs" */
/** @typedef {{ clock: number, processor: number }} Start Milliseconds. */
/** @typedef {{ clock: Samples, processor: Samples }} Starts */

/** @returns {Starts} */
export function noStarts() {
  const none = () => Object.fromEntries(CONTENDERS.map((name) => [name, []]));
  return { clock: none(), processor: none() };
}

/** @param {Starts} starts @param {string} contender @param {Start} start */
export function addStart(starts, contender, { clock, processor }) {
  starts.clock[contender].push(clock * 1e6);
  starts.processor[contender].push(processor * 1e6);
}
