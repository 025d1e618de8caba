// Firefox and WebKit for the tests, each with the little that these tests ask of a browser.
//
// Firefox is driven over WebDriver BiDi by puppeteer-core. WebKit is WebKitGTK's own browser, driven by
// selenium-webdriver; it needs a screen, which Xvfb gives.
import { spawn } from "node:child_process";
import { createServer } from "node:net";
import puppeteer from "puppeteer-core";
// @ts-expect-error It has no types of its own.
import { Builder, By, Capabilities, Key } from "selenium-webdriver";

/**
 * @typedef {object} Engine
 * @property {(address: string) => Promise<void>} open
 * @property {(work: string) => Promise<any>} run Runs the body of an async function in the page.
 * @property {(selector: string, text: string) => Promise<void>} type Clicks into a field, and types.
 * @property {(selector: string) => Promise<void>} click
 * @property {() => Promise<void>} tab Presses the tabulator key.
 * @property {() => Promise<void>} close
 */

/** @type {Record<"Firefox" | "WebKit", () => Promise<Engine>>} */
export const launch = { Firefox: launchFirefox, WebKit: launchWebKit };

async function launchFirefox() {
  const browser = await puppeteer.launch({ browser: "firefox", executablePath: process.env.CINPLAN_FIREFOX, headless: true });
  const page = await browser.newPage();
  return {
    open: async (/** @type {string} */ address) => void (await page.goto(address)),
    run: (/** @type {string} */ work) => page.evaluate(`(async () => { ${work} })()`),
    type: (/** @type {string} */ selector, /** @type {string} */ text) => page.type(selector, text),
    click: (/** @type {string} */ selector) => page.click(selector),
    tab: () => page.keyboard.press("Tab"),
    close: () => browser.close(),
  };
}

async function launchWebKit() {
  const screen = spawn("Xvfb", ["-displayfd", "3", "-screen", "0", "1280x900x24", "-nolisten", "tcp"], { stdio: ["ignore", "ignore", "ignore", "pipe"] });
  const display = await new Promise((resolve) => screen.stdio[3]?.once("data", (text) => resolve(`:${String(text).trim()}`)));
  const port = await freePort();
  const driver = spawn("WebKitWebDriver", [`--port=${port}`], { env: { ...process.env, DISPLAY: display }, stdio: "ignore" });
  const close = () => void [driver, screen].forEach((one) => one.kill());
  try {
    const binary = process.env.CINPLAN_WEBKIT ?? "";
    const capabilities = new Capabilities({ browserName: "MiniBrowser", "webkitgtk:browserOptions": { binary, args: ["--automation"] } });
    await answering(`http://127.0.0.1:${port}/status`);
    const browser = await new Builder().usingServer(`http://127.0.0.1:${port}`).withCapabilities(capabilities).build();
    await browser.manage().setTimeouts({ script: 60_000 });
    return {
      open: (/** @type {string} */ address) => browser.get(address),
      run: async (/** @type {string} */ work) => {
        // An error comes back as text: the driver would keep it to itself.
        const { value, error } = await browser.executeAsyncScript(
          `const done = arguments[0]; (async () => { ${work} })().then((value) => done({ value }), (error) => done({ error: String(error) }));`,
        );
        if (error) throw new Error(error);
        return value;
      },
      type: async (/** @type {string} */ selector, /** @type {string} */ text) => {
        const field = await browser.findElement(By.css(selector));
        await field.click();
        await field.sendKeys(text);
      },
      click: async (/** @type {string} */ selector) => (await browser.findElement(By.css(selector))).click(),
      tab: () => browser.actions().sendKeys(Key.TAB).perform(),
      close: async () => {
        await browser.quit().finally(close);
      },
    };
  } catch (error) {
    close();
    throw error;
  }
}

/** @returns {Promise<number>} */
function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
      server.close(() => resolve(port));
    });
  });
}

/** Waits until a server answers. @param {string} address */
async function answering(address) {
  for (let turn = 0; turn < 100; turn += 1) {
    if (await fetch(address).then(() => true, () => false)) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`${address} does not answer`);
}
