// Changes a form at random, and compares after each change what was found with a check of the whole form.
import { Form } from "../pkg/cinplan.js";

/** Numbers that look random and are the same in every run. */
function dice(seed) {
  let state = seed;
  const below = (sides) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % sides;
  };
  return { below, pick: (from) => from[below(from.length)] };
}

/** Timers, which run when `settled` says so, and a clock that can be put on. */
const waiting = new Map();
let timers = 0;
let ahead = 0;

/** Those of open forms. */
const reports = new WeakSet();
const { report } = Form.prototype;
Form.prototype.report = function (options) {
  const made = report.call(this, options);
  reports.add(made);
  return made;
};

/** From now on no timer runs by itself. */
export function holdTimers() {
  const now = performance.now.bind(performance);
  performance.now = () => now() + ahead;
  window.setTimeout = (run) => (waiting.set((timers += 1), run), timers);
  window.clearTimeout = (id) => void waiting.delete(id);
}

/** Lets everything happen that waits for the page or for a pause. */
async function settled() {
  for (let turn = 0; turn < 5; turn += 1) {
    await null;
    for (const [id, run] of [...waiting]) if (waiting.delete(id)) run();
  }
}

/** What the form is checked for; the day is that by the clock unless it is given. */
const asked = { procedure: "cambridgeshire", stage: "circulate", today: undefined };

const TEXTS = ["", "  ", "TBC", "31 June 2026", "yes", "no", "Dad", "20", "2026-11-27", "27/11/2026", "child", "social worker", "every 3 weeks", "Ring the school – “ASAP”"];

/** Names that a host may give by mistake: places that are none, and places that contradict others. */
const NAMES = [
  ...["csrf", "plan", "plan.notes_of_ours", "ours.alone", "plan.actions[0].notes", "visits.count", "plan.__proto__.x"],
  ...["plan.contingency.text", "plan.needs", "plan.actions", "plan.actions[0]", "plan.actions[00].what", "plan.actions[7].what"],
  ...["plan[0].kind", "meetings[0].chair", "plan.actions[4999].who", "plan.actions[5000].who", "sharing.exclusions[0].may_share[1]"],
  ...["plan.contingency", "plan.kind", "case.referred_on-month", "judgements.own-pets.answer", "judgements.own-pets.note"],
];

/**
 * @param {HTMLFormElement} form
 * @param {object} given
 * @param {any} given.attached
 * @param {(asked: { procedure: string, stage: string, today?: string }) => any} given.whole What a check of the whole form finds.
 * @param {number} given.seed
 * @param {number} given.steps
 * @param {(dice: any) => string | undefined} [given.other] A change that only this form knows.
 * @returns {Promise<{ wrong: string[], kept: number }>} The changes that were followed by another report than that of the whole
 *   form, and after how many of them the form was still open.
 */
export async function changeAndCompare(form, { attached, whole, seed, steps, other = () => undefined }) {
  const { below, pick } = dice(seed);
  const wrong = [];
  let kept = 0;
  /** What puts things in their places again. */
  const back = [];
  const controls = () => [...form.elements].filter(({ type }) => !/^(button|submit|reset|fieldset|output|hidden)$/.test(type));
  const tell = (control, name = "input") => control.dispatchEvent(new Event(name, { bubbles: true, composed: true }));
  const value = () => {
    const others = controls().map((one) => one.value).filter((text) => typeof text === "string" && text);
    return below(3) ? pick(TEXTS) : (pick(others.length ? others : TEXTS) ?? "");
  };
  const fillIn = (control) => {
    if (control.type === "checkbox" || control.type === "radio") control.checked = control.type === "radio" || !control.checked;
    else if (control instanceof HTMLSelectElement) control.selectedIndex = below(control.options.length + 1) - 1;
    else if (control.type === "date") control.value = pick(["", "2026-11-27", "2026-12-04"]);
    else if (control.type === "number") control.value = pick(["", "7", "12.5"]);
    else control.value = value();
    return `${control.name} = ${control.checked ?? ""} ${control.value}`;
  };
  /** Each tells what it has done, and whether the form has heard of it; where it has not, something follows that makes it look. */
  const changes = [
    // ---- filling in ----
    ...Array(8).fill(() => {
      const control = pick(controls());
      const done = fillIn(control);
      tell(control, control.type === "checkbox" || control instanceof HTMLSelectElement ? "change" : "input");
      return done;
    }),
    () => {
      const done = [];
      for (let at = 0; at < 3; at += 1) {
        const control = pick(controls());
        done.push(fillIn(control));
        tell(control);
      }
      return done.join(", ");
    },
    () => {
      const control = pick(controls());
      control.focus();
      const done = fillIn(control);
      tell(control);
      const unheard = below(2) ? fillIn(pick(controls())) : "";
      control.blur();
      // A closed part cannot take the focus.
      if (unheard) attached.update({});
      return `in and out of ${done}; without a word ${unheard}`;
    },
    // ---- what scripts do without a word ----
    () => {
      const done = fillIn(pick(controls()));
      const look = pick([() => attached.check(), () => form.requestSubmit(), () => attached.update({}), () => window.dispatchEvent(new Event("pageshow"))]);
      look();
      return `without a word ${done}`;
    },
    () => {
      const hidden = [...form.querySelectorAll("input[type=hidden]")];
      if (!hidden.length) return "nothing";
      const control = pick(hidden);
      control.value = pick(["", "true", "false", "some-key"]);
      return `hidden ${control.name} = ${control.value}`;
    },
    // ---- controls that come, go and change their places ----
    () => {
      const control = pick(controls());
      const { name } = control;
      control.name = pick(NAMES);
      back.push(() => (control.name = name));
      return `${name} renamed ${control.name}`;
    },
    () => {
      const control = pick(controls());
      const { cin } = control.dataset;
      control.dataset.cin = pick([...NAMES, ""]);
      back.push(() => (cin === undefined ? delete control.dataset.cin : (control.dataset.cin = cin)));
      return `${control.name} at ${control.dataset.cin}`;
    },
    () => {
      const part = pick([...form.querySelectorAll("fieldset"), ...controls()]);
      part.disabled = !part.disabled;
      back.push(() => (part.disabled = !part.disabled));
      return `${part.name || part.tagName} ${part.disabled ? "disabled" : "enabled"}`;
    },
    () => {
      const part = pick([...form.querySelectorAll("fieldset, div, p, section")]);
      if (!part) return "nothing";
      part.toggleAttribute("data-cin-ignore");
      back.push(() => part.toggleAttribute("data-cin-ignore"));
      return `${part.tagName} ${part.hasAttribute("data-cin-ignore") ? "ignored" : "looked at"}`;
    },
    ...Array(2).fill(() => {
      while (back.length) back.pop()();
      return "everything in its place again";
    }),
    () => {
      const control = pick(controls());
      if (back.length) return "nothing";
      const copy = control.cloneNode(true);
      copy.value = control.value;
      control.replaceWith(copy);
      return `${control.name} drawn anew`;
    },
    () => {
      const control = pick(controls());
      const next = pick(controls());
      if (control.contains(next) || control === next) return "nothing";
      next.before(control);
      return `${control.name} moved before ${next.name}`;
    },
    () => {
      const select = pick([...form.querySelectorAll("select")]);
      if (!select) return "nothing";
      select.prepend(new Option("One more", pick(TEXTS), true, true));
      return `an option for ${select.name}`;
    },
    () => {
      const box = pick([...form.querySelectorAll("[type=checkbox], [type=radio]")]);
      if (!box) return "nothing";
      box.value = pick(["yes", "no", "actions", "meetings"]);
      box.checked = true;
      tell(box);
      return `${box.name} means ${box.value}`;
    },
    // ---- the form as a whole ----
    () => {
      form.reset();
      return "reset";
    },
    () => {
      asked.stage = pick(["draft", "meeting", "circulate", "review", "close"]);
      attached.update({ stage: asked.stage });
      return asked.stage;
    },
    () => {
      asked.today = pick(["2026-11-20", "2026-11-21", "2028-12-30", undefined, undefined]);
      attached.update({ today: asked.today });
      return `today ${asked.today}`;
    },
    () => {
      asked.procedure = pick(["cambridgeshire", "bolton", "waltham-forest", "derbyshire", "child-and-family-progress"]);
      attached.update({ procedure: asked.procedure });
      return asked.procedure;
    },
    () => {
      const held = attached.report;
      try {
        attached.update(pick([{ stage: "someday" }, { today: "someday" }, { procedure: "atlantis" }, { procedure: "bolton", today: "someday" }]));
      } catch (error) {
        return `${error.code}: ${attached.report === held}`;
      }
    },
  ];
  for (let step = 0; step < steps; step += 1) {
    if (back.length > 2 || !below(3)) while (back.length) back.pop()();
    const done = (below(6) ? undefined : other({ below, pick })) ?? pick(changes)();
    if (!below(10)) ahead += 1000;
    await settled();
    const [told, fresh] = [JSON.stringify(attached.report), JSON.stringify(whole(asked))];
    if (told !== fresh) wrong.push(`step ${step}, ${done}: ${difference(told, fresh)}`);
    if (wrong.length > 2) break;
    if (reports.has(attached.report)) kept += 1;
  }
  while (back.length) back.pop()();
  return { wrong, kept };
}

/** Where two texts part. */
function difference(one, other) {
  let at = 0;
  while (one[at] === other[at]) at += 1;
  return `${one.slice(Math.max(0, at - 80), at + 60)} … ${other.slice(at, at + 60)}`;
}
