// Runs before the scripts of a page or worker, and notes every way in which they could keep something, send it, tell it to
// others, leave its timing behind or take it for markup. Everything goes on as it would.
(() => {
  /** @type {[what: string, details: string][]} */
  const seen = [];
  Object.defineProperty(globalThis, "watched", { value: seen });

  const said = (/** @type {unknown} */ value) => {
    if (typeof value === "string" || value instanceof Error || value instanceof URL) return String(value);
    try {
      return JSON.stringify(value) ?? String(value);
    } catch {
      return String(value);
    }
  };
  const note = (/** @type {string} */ what, /** @type {Iterable<unknown>} */ details = []) =>
    void seen.push([what, [...details].map(said).join(" ")]);

  /** Methods, and properties that are read or set. @param {string} name @param {any} owner @param {string[]} members */
  function watch(name, owner, members) {
    for (const member of owner ? members : []) {
      // In a worker, what is global is inherited.
      let holder = owner;
      while (holder && !Object.hasOwn(holder, member)) holder = Object.getPrototypeOf(holder);
      const known = holder && Object.getOwnPropertyDescriptor(holder, member);
      if (!known) continue;
      const what = `${name}.${member}`;
      /** @type {PropertyDescriptor} */
      const watched = { ...known };
      if (typeof known.value === "function") {
        watched.value = function (/** @type {unknown[]} */ ...details) {
          note(what, details);
          return new.target ? Reflect.construct(known.value, details, new.target) : Reflect.apply(known.value, this, details);
        };
        Object.setPrototypeOf(watched.value, known.value);
        watched.value.prototype = known.value.prototype;
      }
      const { get, set } = known;
      // Markup may be read; what was kept may not.
      if (get) {
        watched.get = function () {
          if (!SINKS.includes(member)) note(what);
          return get.call(this);
        };
      }
      if (set) {
        watched.set = function (/** @type {unknown} */ value) {
          note(what, [value]);
          set.call(this, value);
        };
      }
      Object.defineProperty(owner, member, watched);
    }
  }

  const SINKS = ["innerHTML", "outerHTML", "srcdoc", "name"];
  const methods = (/** @type {any} */ owner) => (owner ? Object.getOwnPropertyNames(owner).filter((name) => name !== "constructor") : []);
  const { prototype: nothing } = class {};
  const of = (/** @type {string} */ name) => /** @type {any} */ (globalThis)[name]?.prototype ?? nothing;

  // What stays.
  watch("storage", of("Storage"), methods(of("Storage")));
  watch("window", globalThis, ["localStorage", "sessionStorage", "indexedDB", "caches", "cookieStore"]);
  watch("indexedDB", of("IDBFactory"), ["open", "databases", "deleteDatabase"]);
  watch("caches", of("CacheStorage"), methods(of("CacheStorage")));
  watch("cookieStore", of("CookieStore"), methods(of("CookieStore")));
  watch("document", of("Document"), ["cookie"]);
  watch("storage", of("StorageManager"), ["getDirectory", "persist"]);
  watch("window", globalThis, ["name", "showSaveFilePicker", "showDirectoryPicker"]);
  watch("history", of("History"), ["pushState", "replaceState"]);
  watch("serviceWorker", of("ServiceWorkerContainer"), ["register"]);
  watch("credentials", of("CredentialsContainer"), ["store", "create", "get"]);

  // What is told to others.
  watch("console", globalThis.console, methods(globalThis.console).filter((name) => typeof console[/** @type {"log"} */ (name)] === "function"));
  watch("window", globalThis, ["reportError", "BroadcastChannel", "SharedWorker", "Worker", "MessageChannel", "open", "postMessage", "alert", "confirm", "prompt", "print"]);
  watch("worker", of("Worker"), ["postMessage"]);
  watch("port", of("MessagePort"), ["postMessage"]);
  watch("channel", of("BroadcastChannel"), ["postMessage"]);
  watch("clipboard", of("Clipboard"), ["write", "writeText"]);
  watch("document", of("Document"), ["execCommand"]);
  watch("window", globalThis, ["Notification"]);
  watch("navigator", of("Navigator"), ["sendBeacon", "share", "vibrate", "setAppBadge"]);

  // What is sent.
  watch("window", globalThis, ["fetch", "WebSocket", "EventSource", "RTCPeerConnection", "WebTransport", "XMLHttpRequest"]);
  watch("form", of("HTMLFormElement"), ["submit", "requestSubmit"]);
  watch("url", globalThis.URL, ["createObjectURL"]);

  // What leaves its timing behind.
  watch("performance", of("Performance"), ["mark", "measure"]);

  // What is taken for markup. Text is taken for script nowhere: policies forbid it.
  watch("markup", of("Element"), ["innerHTML", "outerHTML", "insertAdjacentHTML", "setHTMLUnsafe", "setHTML"]);
  watch("markup", of("ShadowRoot"), ["innerHTML", "setHTMLUnsafe", "setHTML"]);
  watch("markup", of("HTMLIFrameElement"), ["srcdoc"]);
  watch("markup", of("Document"), ["write", "writeln"]);
  watch("markup", of("DOMParser"), ["parseFromString"]);
  watch("markup", of("Range"), ["createContextualFragment"]);
  watch("markup", of("CSSStyleSheet"), ["insertRule", "replace", "replaceSync"]);
})();
