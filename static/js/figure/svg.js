// SVG elements: making them, and keeping those that stay when the data change (so that the focus stays, too).

const NS = "http://www.w3.org/2000/svg";

export function make(name, attributes = {}, ...children) {
  const element = document.createElementNS(NS, name);
  set(element, attributes);
  element.append(...children);
  return element;
}

export function set(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === "") element.removeAttribute(name);
    else if (element.getAttribute(name) !== String(value)) element.setAttribute(name, value);
  }
}

// Children of `parent`, one for each of the data by its key: made where new, removed where gone; in the data's order.
// Those that stay are not moved as long as their order stays, or they would lose the focus.
export function join(parent, data, create, update) {
  const old = parent.joined ?? new Map();
  const now = new Map();
  const list = [...data];
  for (const { key } of list) now.set(key, old.get(key));
  for (const [key, element] of old) if (!now.has(key)) element.remove();
  let before = parent.firstChild;
  for (const datum of list) {
    const element = now.get(datum.key) ?? create(datum);
    now.set(datum.key, element);
    update(element, datum);
    if (element === before) before = before.nextSibling;
    else parent.insertBefore(element, before);
  }
  parent.joined = now;
}
