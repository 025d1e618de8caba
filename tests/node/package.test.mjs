// The package as a stranger gets it: what is in it, what runs in Node.js, and whether its types hold without leniency.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { installed } from "../installed.mjs";

const { folder, files, remove } = installed();
after(remove);

const manifest = JSON.parse(readFileSync(new URL("node_modules/cinplan/package.json", folder), "utf8"));
const tsc = fileURLToPath(new URL("../../node_modules/.bin/tsc", import.meta.url));

/** Runs a program of the folder. @param {string} program @param {string[]} args */
function run(program, ...args) {
  try {
    return execFileSync(program, args, { cwd: folder, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  } catch (error) {
    const { stdout, stderr } = /** @type {{ stdout: string, stderr: string }} */ (error);
    assert.fail(`${program} ${args.join(" ")}\n${stdout}${stderr}`);
  }
}

/** @param {string} text */
function node(text) {
  return run(process.execPath, "--input-type=module", "--eval", text);
}

test("everything that the exports name is there, and each module has its types", () => {
  for (const [name, target] of Object.entries(manifest.exports)) {
    for (const path of typeof target === "string" ? [target] : Object.values(target)) {
      if (path.includes("*")) assert.ok(files.some((file) => file.startsWith(path.slice(2, path.indexOf("*")))), path);
      else assert.ok(files.includes(path.slice(2)), `${name}: ${path}`);
    }
  }
  const modules = files.filter((file) => /^[a-z]+\.js$/.test(file));
  for (const file of modules) assert.ok(files.includes(file.replace(/js$/, "d.ts")), `types of ${file}`);
  for (const file of ["README.md", "LICENSE-MIT", "LICENSE-APACHE", "LICENSE-THIRD-PARTY", "cinplan.cdx.json"]) assert.ok(files.includes(file), file);
  assert.ok(manifest.sideEffects.every((/** @type {string} */ path) => existsSync(new URL(`node_modules/cinplan/${path}`, folder))));
});

test("importing any of it on a server touches nothing", () => {
  const names = Object.keys(manifest.exports).filter((name) => name === "." || name.endsWith(".js"));
  assert.ok(names.length >= 8);
  node(`
    const before = Object.getOwnPropertyNames(globalThis).sort().join();
    for (const name of ${JSON.stringify(names)}) await import("cinplan" + name.slice(1));
    if (Object.getOwnPropertyNames(globalThis).sort().join() !== before) throw new Error("a global was added");
    for (const name of ["window", "document", "HTMLElement"]) if (name in globalThis) throw new Error(name);
  `);
});

test("a Node.js service initialises it in one line, from bytes", () => {
  // The line stands in docs/embedding.md.
  const line = 'initSync({ module: readFileSync(fileURLToPath(import.meta.resolve("cinplan/cinplan_bg.wasm"))) });';
  assert.ok(readFileSync(new URL("../../docs/embedding.md", import.meta.url), "utf8").includes(line));
  const found = node(`
    import { readFileSync } from "node:fs";
    import { fileURLToPath } from "node:url";
    import { initSync, Validator } from "cinplan";
    ${line}
    const { findings } = Validator.builtIn("bolton").check({}, { today: "2026-11-21", stage: "circulate" });
    console.log(findings.length);
  `);
  assert.ok(Number(found) > 0);
});

test("its types hold for a strict project that checks libraries too", () => {
  const source = readFileSync(new URL("consumer.ts", import.meta.url), "utf8");
  writeFileSync(new URL("consumer.ts", folder), source);
  const strict = { strict: true, noUncheckedIndexedAccess: true, exactOptionalPropertyTypes: true, skipLibCheck: false, noEmit: true };
  for (const [module, moduleResolution] of [["nodenext", "nodenext"], ["esnext", "bundler"]]) {
    const compilerOptions = { ...strict, target: "es2022", lib: ["ES2022", "DOM"], types: [], module, moduleResolution };
    writeFileSync(new URL("tsconfig.json", folder), JSON.stringify({ compilerOptions, files: ["consumer.ts"] }));
    run(tsc, "-p", ".");
  }
});

test("a wrong use is an error of types", () => {
  const wrong = [
    'import { Validator } from "cinplan"; Validator.builtIn("bolton").check({}, { today: "2026-11-21", stage: "later" });',
    'import { Validator } from "cinplan"; Validator.builtIn("bolton").check({ plan: { actions: [{ waht: "" }] } }, { today: "", stage: "draft" });',
    'import { attach } from "cinplan/form.js"; attach(document.createElement("form"), { procedure: "bolton" });',
    'import { schema } from "cinplan/schema.js"; schema({ stage: "draft" });',
  ];
  for (const [at, text] of wrong.entries()) {
    writeFileSync(new URL("wrong.ts", folder), text);
    assert.throws(
      () => execFileSync(tsc, ["--ignoreConfig", "--strict", "--noEmit", "--module", "nodenext", "--target", "es2022", "--types", "", "wrong.ts"], { cwd: folder, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] }),
      (/** @type {{ stdout: string }} */ { stdout }) => /^wrong\.ts\(1,\d+\): error TS2/.test(stdout) || assert.fail(stdout),
      `line ${at}`,
    );
  }
});
