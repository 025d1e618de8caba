// A host with checks of its own: the browser's, a message of its own at a field, and listeners that count what they hear.
const form = document.querySelector("form");
const version = document.querySelector("#version");
const heard = [];
for (const name of ["input", "change", "blur", "focus", "invalid", "submit"]) {
  form.addEventListener(name, ({ target, defaultPrevented }) => heard.push(`${name} ${target.id || target.name} ${defaultPrevented}`), true);
}

/** The host's own message at a field, in the usual way. */
function mark(isWrong) {
  const ids = (version.getAttribute("aria-describedby") ?? "").split(/\s+/).filter((id) => id && id !== "version-error");
  document.querySelector("#version-error").hidden = !isWrong;
  version.setAttribute("aria-describedby", [...ids, ...(isWrong ? ["version-error"] : [])].join(" "));
  if (isWrong) version.setAttribute("aria-invalid", "true");
  else version.removeAttribute("aria-invalid");
}

window.host = {
  heard,
  mark,
  /** Adds a row in the way that old pages do: by copying the first. */
  addRow() {
    const rows = document.querySelectorAll(".row");
    const row = rows[0].cloneNode(true);
    for (const control of row.querySelectorAll("[name]")) control.name = control.name.replace("[0]", `[${rows.length}]`);
    rows[rows.length - 1].after(row);
  },
};
