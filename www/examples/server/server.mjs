// A form from a server: checked in the page while it is filled in, and by the same rules when it arrives. It works
// without JavaScript too.
//
//   make build && node www/examples/server/server.mjs
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname } from "node:path";
import { initSync, Validator } from "../../../pkg/cinplan.js"; // "cinplan" where it is installed

const pkg = new URL("../../../pkg/", import.meta.url);
initSync({ module: readFileSync(new URL("cinplan_bg.wasm", pkg)) });
const validator = Validator.builtIn("bolton");

const FIELDS = { "plan.actions[0].what": "What will be done", "plan.actions[0].who": "Who will do it", "plan.contingency": "Contingency plan" };
const POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; form-action 'self'";
const TYPES = { ".js": "text/javascript", ".css": "text/css", ".wasm": "application/wasm", ".json": "application/json" };

const text = (value) => String(value).replace(/[&<>"]/g, (letter) => `&#${letter.charCodeAt(0)};`);

/** What was found, with links where the form has a field for it. */
const problems = ({ findings }) => `<section aria-labelledby="problems"><h2 id="problems">There is a problem</h2><ul>${findings
  .filter(({ severity, accepted }) => severity === "error" && !accepted)
  .map(({ path, message }) => `<li>${path in FIELDS ? `<a href="#${text(path)}">${text(message)}</a>` : text(message)}</li>`)
  .join("")}</ul></section>`;

const page = (answers, report) => `<!doctype html>
<html lang="en-GB"><meta charset="utf-8"><title>${report?.summary.errors ? "Error: " : ""}A plan from a server</title>
<link rel="stylesheet" href="/pkg/cinplan.css"><script type="module" src="/pkg/element.js"></script>
<main><h1>A plan from a server</h1>${report ? (report.summary.errors ? problems(report) : "<p>The plan is complete.</p>") : ""}
<cin-plan procedure="bolton" stage="circulate"><form method="post" action="/">
${Object.entries(FIELDS)
  .map(([path, label]) => `<p><label for="${path}">${label}</label> <input id="${path}" name="${path}" value="${text(answers.get(path) ?? "")}"></p>`)
  .join("\n")}
<button>Send the plan</button></form></cin-plan></main></html>`;

/** The same rules as in the page, on a server's own day. */
function check(answers) {
  const form = validator.open();
  for (const [path, value] of answers) form.set(path, value);
  return form.report({ today: new Date().toISOString().slice(0, 10), stage: "circulate" });
}

const server = createServer(async (request, response) => {
  const send = (status, type, body) => response.writeHead(status, { "content-type": type, "content-security-policy": POLICY }).end(body);
  const file = /^\/pkg\/((?:[\w-]+[./]?)+)$/.exec(request.url)?.[1];
  if (file && existsSync(new URL(file, pkg))) return send(200, TYPES[extname(file)] ?? "text/plain", readFileSync(new URL(file, pkg)));
  if (request.url !== "/") return send(404, "text/plain", "Not found");
  let body = "";
  for await (const piece of request) body += piece;
  const answers = new URLSearchParams(body);
  send(200, "text/html; charset=utf-8", page(answers, request.method === "POST" ? check(answers) : undefined));
});
server.listen(process.env.PORT ?? 8080, "127.0.0.1", () => console.log(`http://127.0.0.1:${server.address().port}/`));
