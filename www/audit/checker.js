// Has files checked: in a worker, and where a page's host forbids workers, on the page in slices.

/** @import { CatalogueEntry, Manual } from "../../pkg/cinplan.js" */
/** @import { Asked, Batch } from "./check.js" */

/**
 * @typedef {object} Checker
 * @property {{ id: string, title: string, edition: string }[]} procedures
 * @property {CatalogueEntry[]} rules
 * @property {boolean} isBeside Whether a worker does it.
 * @property {(file: File, asked: Omit<Asked, "slice">) => AsyncGenerator<Batch>} run Stops when nobody asks for more.
 */

/** How many milliseconds a batch may take beside the page, and on it. */
const SLICE = { beside: 200, onPage: 40 };

/** @returns {Promise<Checker>} */
export const startChecker = () => beside().catch(onPage);

/** @returns {Promise<Checker>} */
async function beside() {
  const worker = new Worker(new URL("worker.js", import.meta.url), { type: "module" });
  /** @returns {Promise<any>} what the worker says next */
  const next = () =>
    new Promise((resolve, reject) => {
      worker.onmessage = ({ data }) => resolve(data);
      worker.onerror = (event) => {
        event.preventDefault();
        reject(new Error(event.message || "The check stopped."));
      };
    });
  const { ready, failed } = await next();
  if (!ready) {
    worker.terminate();
    throw new Error(failed);
  }
  return {
    ...ready,
    isBeside: true,
    async *run(file, asked) {
      let message = next();
      worker.postMessage({ file, asked: { ...asked, slice: SLICE.beside } });
      let isOver = false;
      try {
        for (;;) {
          // A worker that has failed answers nothing more.
          isOver = true;
          const { batch, problem } = await message;
          isOver = !batch;
          if (problem) throw new Error(problem);
          if (!batch) return;
          yield batch;
          message = next();
          worker.postMessage("more");
        }
      } finally {
        if (!isOver) {
          message = next();
          worker.postMessage("stop");
          await message;
        }
      }
    },
  };
}

/** @returns {Promise<Checker>} */
async function onPage() {
  const [core, { audit }] = await Promise.all([import("../../pkg/auto.js"), import("./check.js")]);
  await core.default();
  return {
    procedures: core.procedures(),
    rules: core.rules(),
    isBeside: false,
    async *run(file, asked) {
      for await (const batch of audit(core, file, { ...asked, slice: SLICE.onPage })) {
        yield batch;
        // The page takes its turn: keys, clicks and drawing.
        await new Promise((resolve) => setTimeout(resolve));
      }
    },
  };
}
