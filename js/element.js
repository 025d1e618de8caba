// <cin-plan procedure="bolton" stage="circulate"> around any <form>. Importing this module defines the element.
//
// It initialises cinplan itself, from the files beside this module, and without WebAssembly where that cannot run. Who
// wants them from elsewhere awaits the `init(...)` of auto.js before the element is on the page.

/** @import { PlanRecord, Procedure, Report } from "./cinplan.js" */
/** @import { Attached, AttachOptions, Checker, Stage } from "./form.js" */
/** @import { NameMap } from "./map.js" */

import init from "./auto.js";
import { coded } from "./core.js";
import { attach } from "./form.js";
import { parseMap } from "./map.js";

/** Servers that render pages have no elements. @type {typeof HTMLElement} */
const Base = globalThis.HTMLElement ?? class {};

/** What a framework may have set before the element was defined. */
const PROPERTIES = ["procedure", "stage", "today", "map", "off", "block", "smart", "options"];

/**
 * Attributes and properties, as the options of `attach`; all can change at any time, and each follows the other:
 * `procedure`, `stage`, `today`, `map` (JSON, or the id of a `<script type="application/json">`), `off` (ids with
 * spaces between them), `block` and `smart` (there or not). What an attribute cannot hold, such as a procedure or a map with functions, is set
 * as a property and takes its attribute's place. `options` takes the other options of `attach`.
 *
 * Events: those of `attach`, and `cinplan:error` with the error as its `detail` where a check could not start.
 */
export class CinPlan extends Base {
  static observedAttributes = ["procedure", "stage", "today", "map", "off", "block", "smart"];

  /** Id of the procedure, or one of your own, or a validator. @returns {string | Procedure | Checker | null} */
  get procedure() {
    return this.#own.procedure ?? this.getAttribute("procedure");
  }
  set procedure(procedure) {
    this.#hold("procedure", procedure);
  }

  /** How far the plan has come. @returns {Stage | null} */
  get stage() {
    return /** @type {Stage | null} */ (this.getAttribute("stage"));
  }
  set stage(stage) {
    this.#put("stage", stage);
  }

  /** The day of the check; the browser's own where it is not set. @returns {string | null} */
  get today() {
    return this.getAttribute("today");
  }
  set today(today) {
    this.#put("today", today);
  }

  /** The host's control names and where they belong. Throws where the attribute cannot be read. @returns {NameMap | null} */
  get map() {
    if (this.#own.map) return this.#own.map;
    const text = this.getAttribute("map");
    return text === null ? null : parseMap(text, /** @type {Document | ShadowRoot} */ (this.getRootNode()));
  }
  set map(map) {
    this.#hold("map", map);
  }

  /** Ids of rules that are switched off. @returns {string[]} */
  get off() {
    return this.getAttribute("off")?.split(/\s+/).filter(Boolean) ?? [];
  }
  set off(off) {
    this.#put("off", off?.length ? off.join(" ") : null);
  }

  /** The stage from which submitting waits for open errors. @returns {Stage | false} */
  get block() {
    return /** @type {Stage | null} */ (this.getAttribute("block")) ?? false;
  }
  set block(block) {
    this.#put("block", block || null);
  }

  /** Whether each action shows which letters of SMART it fulfils so far. @returns {boolean} */
  get smart() {
    return this.hasAttribute("smart");
  }
  set smart(smart) {
    this.toggleAttribute("smart", Boolean(smart));
  }

  /**
   * The other options of `attach`, such as `messages` or `summary`. Set anew to change them.
   * @returns {Partial<AttachOptions>}
   */
  get options() {
    return this.#options;
  }
  set options(options) {
    this.#options = options ?? {};
    this.#restart();
  }

  /** Settles when the form is being checked, and fails with an Error that has a `code` where that cannot be. */
  get ready() {
    return this.#settle.promise;
  }

  /** The latest report. @returns {Report | undefined} */
  get report() {
    return this.#attached?.report;
  }

  /** Checks and shows everything, and moves the focus to the summary. @returns {Promise<Report>} */
  async check() {
    return (await this.ready).check();
  }

  /** What the form holds. @returns {PlanRecord | undefined} */
  get record() {
    return this.#attached?.record();
  }

  connectedCallback() {
    for (const name of PROPERTIES) {
      if (!Object.hasOwn(this, name)) continue;
      const value = Reflect.get(this, name);
      Reflect.deleteProperty(this, name);
      Reflect.set(this, name, value);
    }
    // Moved within its page it goes on, with all that is shown.
    if (this.#attached && this.#root === this.getRootNode()) return;
    this.#stop();
    this.#root = this.getRootNode();
    this.#watcher?.observe(this, { childList: true, subtree: true });
    this.#start();
  }

  disconnectedCallback() {
    // A move is a removal, and at once an insertion.
    queueMicrotask(() => {
      if (this.isConnected) return;
      this.#watcher?.disconnect();
      this.#stop();
    });
  }

  /** Browsers that can move an element without taking it out call this in place of the two above. */
  connectedMoveCallback() {
    if (this.#root !== this.getRootNode()) this.connectedCallback();
  }

  /**
   * @param {string} name
   * @param {string | null} before
   * @param {string | null} now
   */
  attributeChangedCallback(name, before, now) {
    if (before === now) return;
    // What was set last counts.
    if (now !== null && (name === "procedure" || name === "map")) this.#own[name] = undefined;
    const isQuick = name === "procedure" || name === "stage" || name === "today";
    if (!isQuick || !this.#attached) return this.#restart();
    this.#update({ [name]: now ?? undefined });
  }

  /** What attributes cannot hold. @type {{ procedure?: Procedure | Checker, map?: NameMap }} */
  #own = {};
  /** @type {Partial<AttachOptions>} */
  #options = {};
  /** @type {Attached | undefined} */
  #attached;
  /** @type {HTMLFormElement | undefined} */
  #form;
  /** @type {Node | undefined} */
  #root;
  #turn = 0;
  #settle = new Settlement();

  /** The form may come later than the element, and be put in place of another. */
  #watcher = globalThis.MutationObserver && new MutationObserver(() => this.#findForm() !== this.#form && this.#restart());

  /**
   * @param {string} name
   * @param {string | null | undefined} value
   */
  #put(name, value) {
    if (value === null || value === undefined) this.removeAttribute(name);
    else this.setAttribute(name, value);
  }

  /**
   * @template {"procedure" | "map"} Name
   * @param {Name} name
   * @param {string | object | null | undefined} value
   */
  #hold(name, value) {
    if (typeof value !== "object" || value === null) {
      const had = this.#own[name];
      this.#own[name] = undefined;
      this.#put(name, value);
      if (had) this.#restart();
      return;
    }
    this.removeAttribute(name);
    Object.assign(this.#own, { [name]: value });
    if (name === "procedure" && this.#attached) this.#update({ procedure: this.#own.procedure });
    else this.#restart();
  }

  /** @param {Parameters<Attached["update"]>[0]} changes */
  #update(changes) {
    try {
      this.#attached?.update(changes);
    } catch (error) {
      this.#fail(error);
    }
  }

  #start() {
    const turn = (this.#turn += 1);
    this.#form = this.#findForm();
    // Who waits already waits on.
    if (this.#settle.isSettled) this.#settle = new Settlement();
    const settle = this.#settle;
    this.#attach(turn).then(
      (attached) => attached && settle.resolve(attached),
      (error) => {
        if (turn !== this.#turn) return;
        settle.reject(error);
        this.#fail(error);
      },
    );
  }

  #stop() {
    this.#turn += 1;
    this.#attached?.detach();
    this.#attached = undefined;
  }

  #restart() {
    if (!this.isConnected || !this.#root) return;
    this.#stop();
    this.#start();
  }

  /**
   * @param {number} turn
   * @returns {Promise<Attached | undefined>} Nothing where another turn has begun, or will with the form.
   */
  async #attach(turn) {
    // Shared by all elements, and by a page that initialises cinplan itself. Frameworks set one attribute after the
    // other meanwhile.
    await init().catch((error) => {
      throw coded("not-initialised", "cinplan could not be initialised", error);
    });
    if (turn !== this.#turn || !this.#form) return undefined;
    const form = this.#form;
    // In a form that is the whole page, the element is where the summary belongs.
    const summary = form.contains(this) ? this : undefined;
    return (this.#attached = attach(form, { summary, ...this.#attributes(), ...this.#options }));
  }

  /** The form within; on pages that are one large form, the form around. */
  #findForm() {
    return this.querySelector("form") ?? this.closest("form") ?? undefined;
  }

  /** @returns {AttachOptions} */
  #attributes() {
    const { procedure, stage, today, map, off, block, smart } = this;
    return {
      procedure: procedure ?? undefined,
      stage: /** @type {Stage} */ (stage ?? ""),
      today: today ?? undefined,
      map: map ?? undefined,
      ...(off.length && { off }),
      block,
      smart,
    };
  }

  /** @param {unknown} error */
  #fail(error) {
    const event = new CustomEvent("cinplan:error", { bubbles: true, composed: true, cancelable: true, detail: error });
    if (this.dispatchEvent(event)) reportError(error);
  }
}

/** A promise that is settled from outside, and knows whether it is. */
class Settlement {
  isSettled = false;
  /** @type {(attached: Attached) => void} */
  resolve = () => {};
  /** @type {(error: unknown) => void} */
  reject = () => {};
  /** @type {Promise<Attached>} */
  promise = new Promise((resolve, reject) => {
    this.resolve = (attached) => ((this.isSettled = true), resolve(attached));
    this.reject = (error) => ((this.isSettled = true), reject(error));
  });

  constructor() {
    // An error is told by an event too; nobody has to wait for it.
    this.promise.catch(() => {});
  }
}

if (globalThis.customElements && !customElements.get("cin-plan")) customElements.define("cin-plan", CinPlan);
