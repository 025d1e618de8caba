// The package as a stranger gets it: packed by npm, and installed into an empty folder without a network.
import { execFileSync } from "node:child_process";
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const pkg = fileURLToPath(new URL("../pkg/", import.meta.url));

/**
 * @returns {{ folder: URL, files: string[], remove: () => void }} The folder that it was installed into, and what it holds.
 */
export function installed() {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "cinplan-")));
  const npm = (/** @type {string[]} */ ...args) => execFileSync("npm", args, { cwd: folder, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  const [{ filename, files }] = JSON.parse(npm("pack", pkg, "--json", "--pack-destination", folder));
  writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true, type: "module" }));
  npm("install", "--offline", "--no-audit", "--no-fund", "--loglevel=error", `./${filename}`);
  return {
    folder: pathToFileURL(`${folder}/`),
    files: files.map((/** @type {{ path: string }} */ { path }) => path),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
