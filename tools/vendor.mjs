// Copies GOV.UK Frontend to www/vendor/govuk/, so that the demo loads it from its own address.
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";

const from = "node_modules/govuk-frontend/dist/govuk";
const to = "www/vendor/govuk";
rmSync(to, { recursive: true, force: true });
mkdirSync(`${to}/assets`, { recursive: true });

cpSync(`${from}/govuk-frontend.min.js`, `${to}/govuk-frontend.min.js`);
cpSync(`${from}/assets/images`, `${to}/assets/images`, { recursive: true });

// The typeface GDS Transport may be used on gov.uk alone: without its faces the next in the list, Arial, is taken.
const css = readFileSync(`${from}/govuk-frontend.min.css`, "utf8")
  .replace(/@font-face\{[^}]*\}/g, "")
  .replaceAll("url(/assets/", "url(assets/")
  .replace(/\n?\/\*# sourceMappingURL.*\*\//, "");
writeFileSync(`${to}/govuk-frontend.min.css`, css);
