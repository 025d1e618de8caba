// What a page does beside its work: what it asks for, keeps, tells others, leaves the timing of or takes for markup.
import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";

/** @typedef {import("./harness.mjs").Page} Page */

const HOOKS = fileURLToPath(new URL("pages/watched.js", import.meta.url));

/** Hooked before the scripts of a page run, and in its worker too. */
export function watcher() {
  /** Addresses, without the server's. @type {string[]} */
  const asked = [];
  /** @type {import("playwright-core").Request[]} */
  const requests = [];
  /** What the page says in the console or to the person, and windows that it opens. @type {string[]} */
  const said = [];
  return {
    asked,
    requests,
    said,

    /** To be given to the harness as `first`. @param {Page} page */
    async first(page) {
      // Whole lives are led on these pages.
      page.setDefaultTimeout(60_000);
      await page.addInitScript({ path: HOOKS });
      const context = page.context();
      context.on("request", (request) => {
        // Browsers ask for the icon when they like, and a download is no request.
        if (/^blob:|\/icon\.svg$/.test(request.url())) return;
        requests.push(request);
        asked.push(new URL(request.url()).pathname);
      });
      page.on("console", (message) => void said.push(message.text()));
      page.on("websocket", (socket) => void said.push(`socket to ${socket.url()}`));
      page.on("popup", (popup) => void said.push(`window with ${popup.url()}`));
      page.on("dialog", (dialog) => {
        said.push(`dialog ${dialog.message()}`);
        void dialog.dismiss();
      });
      await context.route("**/www/audit/worker.js", async (route) => {
        const response = await route.fetch();
        await route.fulfill({ response, body: `import "/pages/watched.js";\n${await response.text()}` });
      });
    },

    /** What was noted since the last look, in the page and its worker: what, and with which details. @param {Page} page */
    async noted(page) {
      const since = () => Reflect.get(globalThis, "watched").splice(0);
      const [own, ...workers] = /** @type {[string, string][][]} */ (
        await Promise.all([page.evaluate(since), ...page.workers().map((worker) => worker.evaluate(since))])
      );
      return [...own, ...workers.flat().map(([what, details]) => /** @type {[string, string]} */ ([`worker: ${what}`, details]))];
    },

    /**
     * Fails on anything that is left where others find it. To be called last, as looking is noted too.
     * @param {Page} page
     */
    async leavesNothing(page) {
      assert.deepEqual(await page.context().cookies(), []);
      const kept = await page.evaluate(async () => ({
        local: localStorage.length,
        session: sessionStorage.length,
        databases: await indexedDB.databases(),
        caches: await caches.keys(),
        cookie: document.cookie,
        name: window.name,
        state: history.state,
        workers: (await navigator.serviceWorker?.getRegistrations())?.length ?? 0,
        times: performance.getEntries().filter(({ entryType }) => entryType === "mark" || entryType === "measure").length,
      }));
      assert.deepEqual(kept, {
        ...{ local: 0, session: 0, databases: [], caches: [], cookie: "", name: "", state: null, workers: 0, times: 0 },
      });
      assert.deepEqual(said, []);
    },
  };
}

/** The names of what was noted, each once. @param {[string, string][]} noted */
export const kinds = (noted) => [...new Set(noted.map(([what]) => what))].sort();
