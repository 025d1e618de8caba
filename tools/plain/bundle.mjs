// Makes pkg/plain.js, one file: the module as JavaScript, its glue, the form adapter and the requirements.
import { readFileSync, readdirSync, renameSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const texts = readdirSync("pkg/requirements").sort().map((file) => [
  file.replace(/\.json$/, ""),
  JSON.parse(readFileSync(`pkg/requirements/${file}`, "utf8")),
]);
writeFileSync("target/plain/requirements.js", `export default ${JSON.stringify(Object.fromEntries(texts))};\n`);

const core = fileURLToPath(new URL("core.js", import.meta.url));
await build({
  entryPoints: ["tools/plain/plain.js"],
  outfile: "target/plain/plain.js",
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  logLevel: "warning",
  // Wherever a module asks for cinplan.js, it gets core.js.
  plugins: [{ name: "core", setup: ({ onResolve }) => onResolve({ filter: /\/cinplan\.js$/ }, () => ({ path: core })) }],
});
renameSync("target/plain/plain.js", "pkg/plain.js");
