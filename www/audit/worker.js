// Checks a file beside the page, so that the page never waits. Nothing but what was found goes back.

import init, * as core from "../../pkg/auto.js";
import { audit } from "./check.js";

/** @import { Asked } from "./check.js" */

/**
 * What the page says: a file to check, that it has taken in a batch, or that it wants no more.
 * @typedef {{ file: File, asked: Asked } | "more" | "stop"} Said
 */

/** @type {(isWanted: boolean) => void} */
let answer = () => {};

try {
  await init();
  postMessage({ ready: { procedures: core.procedures(), rules: core.rules() } });
} catch (error) {
  postMessage({ failed: String(error) });
}

onmessage = async (/** @type {MessageEvent<Said>} */ { data }) => {
  if (data === "more" || data === "stop") return answer(data === "more");
  try {
    for await (const batch of audit(core, data.file, data.asked)) {
      // The page sets the pace, so that nothing heaps up between the two.
      const isWanted = new Promise((resolve) => (answer = resolve));
      postMessage({ batch });
      if (!(await isWanted)) break;
    }
    postMessage({ end: true });
  } catch (error) {
    postMessage({ end: true, problem: error instanceof Error ? error.message : String(error) });
  }
};
