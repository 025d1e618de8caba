// A grid that draws all of its rows anew whenever one comes or goes, and counts them from 0 each time.
const body = document.querySelector("#rows");
const FIELDS = ["Description", "OwnerName", "TargetDate"];

function rows() {
  return [...body.rows].map((row) => FIELDS.map((name) => row.querySelector(`[name$=".${name}"]`).value));
}

function draw(all) {
  body.innerHTML = all
    .map(
      (_, at) =>
        `<tr><td>${at + 1}</td>` +
        FIELDS.map((name) => `<td><input name="Model.Actions[${at}].${name}" aria-label="${name}, row ${at + 1}"></td>`).join("") +
        `<td><button type="button" class="delete" aria-label="Delete row ${at + 1}">X</button></td></tr>`,
    )
    .join("");
  all.forEach((values, at) => values.forEach((value, cell) => (body.rows[at].querySelectorAll("input")[cell].value = value)));
}

body.addEventListener("click", ({ target }) => {
  if (!target.matches(".delete")) return;
  const at = target.closest("tr").rowIndex - 1;
  const all = rows();
  all.splice(at, 1);
  draw(all);
  (body.rows[Math.min(at, all.length - 1)]?.querySelector("input") ?? document.querySelector("#add")).focus();
});
document.querySelector("#add").addEventListener("click", () => {
  draw([...rows(), ["", "", ""]]);
  body.rows[body.rows.length - 1].querySelector("input").focus();
});
draw([
  ["Book a speech assessment", "", "2026-12-04"],
  ["Ring school about attendance", "Ann Lee", ""],
  ["Fit the safety gate", "", ""],
]);
