// Reading and changing plain data by the name of a control, such as meetings[0].chair.name.

/** @param {string} path @returns {(string | number)[]} */
export function steps(path) {
  return [...path.matchAll(/\[(\d+)\]|[^.[\]]+/g)].map(([step, index]) => (index === undefined ? step : Number(index)));
}

/**
 * What stands at a path; undefined where there is nothing.
 *
 * @param {unknown} data
 * @param {string} path
 * @returns {unknown}
 */
export function get(data, path) {
  return steps(path).reduce((/** @type {any} */ at, step) => (holds(at, step) ? at[step] : undefined), data);
}

/**
 * A copy of the data with another value at a path; undefined takes away what is there, and a group that is left empty.
 * Only what lies on the way is copied, so that data of any depth and shape can be changed.
 *
 * @param {unknown} data
 * @param {string} path
 * @param {unknown} value
 */
export function changed(data, path, value) {
  return change(data, steps(path), value);
}

/** @param {unknown} data @param {(string | number)[]} steps @param {unknown} value @returns {unknown} */
function change(data, [step, ...rest], value) {
  if (step === undefined) return value;
  const below = change(holds(data, step) ? /** @type {any} */ (data)[step] : undefined, rest, value);
  if (below === undefined && !holds(data, step)) return data;
  if (typeof step === "number") {
    const copy = Array.isArray(data) ? [...data] : [];
    while (copy.length < step) copy.push({});
    // A row leaves a hole, so that the rows after it keep their places.
    copy[step] = below === undefined ? {} : below;
    return copy;
  }
  const copy = isObject(data) ? { ...data } : {};
  // Not by assignment: a file may hold the name __proto__.
  if (below === undefined) delete copy[step];
  else Object.defineProperty(copy, step, { value: below, enumerable: true, writable: true, configurable: true });
  return Object.keys(copy).length > 0 ? copy : undefined;
}

/**
 * A copy of the data without one row of a list: those after it move up.
 *
 * @param {unknown} data
 * @param {string} list
 * @param {number} index
 */
export function withoutRow(data, list, index) {
  const rows = get(data, list);
  return Array.isArray(rows)
    ? changed(
        data,
        list,
        rows.filter((_, at) => at !== index),
      )
    : data;
}

/** Whether nothing but keys of rows is there. @param {unknown} data @returns {boolean} */
export function isBlank(data) {
  if (Array.isArray(data)) return data.every(isBlank);
  if (isObject(data)) return Object.entries(data).every(([name, value]) => name === "id" || isBlank(value));
  return data === undefined || data === null || data === "";
}

/** @param {unknown} data @returns {data is Record<string, unknown>} */
export function isObject(data) {
  return typeof data === "object" && data !== null && !Array.isArray(data);
}

/** @param {unknown} data @param {string | number} step */
function holds(data, step) {
  return (
    (typeof step === "number" ? Array.isArray(data) : isObject(data)) &&
    Object.hasOwn(/** @type {object} */ (data), step)
  );
}
