// A plan in React. React keeps what is typed; cinplan reads the form as it stands, and leaves React's elements alone.
//
//   npx esbuild plan.tsx --bundle --format=esm --jsx=automatic --outfile=plan.js
import init, { type Report } from "cinplan";
import { attach, type Attached } from "cinplan/form.js";
import { useEffect, useRef, useState } from "react";
import { createRoot } from "react-dom/client";

const blank = () => ({ key: crypto.randomUUID(), what: "", who: "" });

function Plan() {
  const form = useRef<HTMLFormElement>(null);
  const plan = useRef<Attached>(null);
  const [rows, setRows] = useState(() => [blank()]);
  const [report, setReport] = useState<Report>();

  useEffect(() => {
    const options = { procedure: "cambridgeshire", stage: "circulate", today: "2026-11-21", on: setReport } as const;
    const attached = (plan.current = attach(form.current!, options));
    setReport(attached.report);
    return () => attached.detach();
  }, []);

  const change = (key: string, changes: object) =>
    setRows(rows.map((row) => (row.key === key ? { ...row, ...changes } : row)));

  return (
    <form ref={form} onSubmit={(event) => (event.preventDefault(), plan.current?.check())}>
      {rows.map(({ key, what, who }, at) => (
        <fieldset key={key}>
          <legend>Action {at + 1}</legend>
          <label htmlFor={`what-${key}`}>What will be done</label>
          <input id={`what-${key}`} name={`plan.actions[${at}].what`} value={what} onChange={({ target }) => change(key, { what: target.value })} />
          <label htmlFor={`who-${key}`}>Who will do it</label>
          <input id={`who-${key}`} name={`plan.actions[${at}].who`} value={who} onChange={({ target }) => change(key, { who: target.value })} />
          <button type="button" onClick={() => setRows(rows.filter((row) => row.key !== key))}>
            Remove action {at + 1}
          </button>
        </fieldset>
      ))}
      <button type="button" onClick={() => setRows([...rows, blank()])}>Add an action</button> <button>Check the plan</button>
      <p id="count">{report?.summary.errors ?? 0} to put right</p>
    </form>
  );
}

await init({ module_or_path: "/pkg/cinplan_bg.wasm" });
createRoot(document.getElementById("root")!).render(<Plan />);
