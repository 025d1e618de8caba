// <cin-plan procedure="bolton" stage="circulate"> around any <form>. Importing this module defines the element.
//
// It initialises cinplan itself, from the files beside this module, and without WebAssembly where that cannot run. Who
// wants them from elsewhere awaits the `init(...)` of auto.js before the element is on the page.

/** @import { PlanRecord, Procedure, Report } from "./cinplan.js" */
/** @import { Attached, AttachOptions, Stage } from "./form.js" */

import init from "./auto.js";
import { attach } from "./form.js";

/** Servers that render pages have no elements. @type {typeof HTMLElement} */
const Base = globalThis.HTMLElement ?? class {};

/** Elements that come up together share one initialisation. @type {ReturnType<typeof init> | undefined} */
let starting;

/**
 * Attributes: `procedure`, `stage`, `today` and `block`, as the options of `attach`; all can change at any time.
 * `options` takes the others, before the element is on the page. Events: those of `attach`, and `cinplan:error` with
 * the error as its `detail` where a check could not start.
 */
export class CinPlan extends Base {
  static observedAttributes = ["procedure", "stage", "today", "block"];

  // What a framework has set before the element was defined is kept.
  /**
   * Options of `attach` that attributes cannot hold, such as `map`, or `procedure` as an object.
   * @type {Partial<AttachOptions>}
   */
  options = Reflect.get(this, "options") ?? {};

  /** Settles when the form is being checked, and fails with an Error that has a `code` where that cannot be. */
  get ready() {
    return this.#ready;
  }

  /** The latest report. @returns {Report | undefined} */
  get report() {
    return this.#attached?.report;
  }

  /** Checks and shows everything, and moves the focus to the summary. @returns {Promise<Report>} */
  async check() {
    return (await this.#ready).check();
  }

  /** What the form holds. @returns {PlanRecord | undefined} */
  get record() {
    return this.#attached?.record();
  }

  connectedCallback() {
    this.#start();
  }

  disconnectedCallback() {
    this.#stop();
  }

  /**
   * @param {string} name
   * @param {string | null} before
   * @param {string | null} now
   */
  attributeChangedCallback(name, before, now) {
    if (!this.#attached || before === now) return;
    if (name === "block") return this.#restart();
    try {
      this.#attached.update({ [name]: now ?? undefined });
    } catch (error) {
      this.#fail(error);
    }
  }

  /** @type {Attached | undefined} */
  #attached;
  /** @type {Promise<Attached>} */
  #ready = new Promise(() => {});
  #turn = 0;

  #start() {
    const turn = (this.#turn += 1);
    this.#ready = this.#attach(turn);
    this.#ready.catch((error) => this.#fail(error));
  }

  #stop() {
    this.#turn += 1;
    this.#attached?.detach();
    this.#attached = undefined;
  }

  #restart() {
    this.#stop();
    this.#start();
  }

  /**
   * @param {number} turn
   * @returns {Promise<Attached>}
   */
  async #attach(turn) {
    starting ??= init();
    try {
      await starting;
    } catch (error) {
      starting = undefined;
      throw Object.assign(new Error("cinplan could not be initialised", { cause: error }), { code: "not-initialised" });
    }
    const form = await this.#form();
    // Taken off the page meanwhile: never settles, as there is nothing to wait for.
    if (turn !== this.#turn) return new Promise(() => {});
    this.#attached = attach(form, { ...this.#attributes(), ...this.options });
    return this.#attached;
  }

  /** @returns {AttachOptions} */
  #attributes() {
    return {
      procedure: this.getAttribute("procedure") ?? undefined,
      stage: /** @type {Stage} */ (this.getAttribute("stage") ?? ""),
      today: this.getAttribute("today") ?? undefined,
      block: /** @type {Stage | null} */ (this.getAttribute("block")) ?? false,
    };
  }

  /**
   * The form within. The element is there before its content while a page loads, and frameworks add it later too.
   * @returns {Promise<HTMLFormElement>}
   */
  #form() {
    return new Promise((resolve) => {
      const look = () => {
        const form = this.querySelector("form");
        if (form) resolve(form);
        return form !== null;
      };
      if (look()) return;
      const watcher = new MutationObserver(() => look() && watcher.disconnect());
      watcher.observe(this, { childList: true, subtree: true });
    });
  }

  /** @param {unknown} error */
  #fail(error) {
    const event = new CustomEvent("cinplan:error", { bubbles: true, composed: true, cancelable: true, detail: error });
    if (this.dispatchEvent(event)) reportError(error);
  }
}

if (globalThis.customElements && !customElements.get("cin-plan")) customElements.define("cin-plan", CinPlan);
