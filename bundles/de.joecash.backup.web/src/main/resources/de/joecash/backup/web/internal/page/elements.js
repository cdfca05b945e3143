/* What is seen: elements, made and drawn. What comes from outside goes into a page as text only. */

import { left, locale, share, size, speed, t } from "./words.js";

const MEASURED = 3;

export const $ = id => document.getElementById(id);

export function el(tag, look, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(look || {})) {
    if (name === "click" || name === "submit" || name === "input") node.addEventListener(name, value);
    else if (name in node) node[name] = value;
    else node.setAttribute(name, value);
  }
  node.append(...children.filter(child => child !== null && child !== undefined));
  return node;
}
export const button = (label, click, look) => el("button", { type: "button", click, ...look }, label);
export const lines = (texts, look) => texts.filter(text => text).map(text => el("p", look, text));
export function put(id, ...children) {
  $(id).replaceChildren(...children.filter(child => child !== null && child !== undefined));
}
/** Says it only where it changed, so that a screen reader does not repeat itself. */
export function say(id, text) {
  if ($(id).textContent !== text) $(id).textContent = text;
}
/** Draws a part only where what it shows changed: a finger on a button must not lose it. */
const drawn = new Map();
export function draw(id, shown, make) {
  const key = JSON.stringify(shown) + locale;
  if (drawn.get(id) === key) return;
  drawn.set(id, key);
  const focus = document.activeElement && $(id).contains(document.activeElement) && document.activeElement.dataset.key;
  put(id, ...make());
  if (focus) $(id).querySelector(`[data-key="${CSS.escape(focus)}"]`)?.focus();
}
/** Since when this page has seen each run in its phase: from there on it knows how fast it is. */
const seen = new Map();
function pace(id, { phase, bytes, share }) {
  const now = performance.now();
  let from = seen.get(id);
  if (from?.phase !== phase || bytes < from.last) seen.set(id, from = { phase, bytes, share, now });
  from.last = bytes;
  const seconds = (now - from.now) / 1000;
  return seconds < MEASURED || bytes === from.bytes ? []
    : [t("speed", speed((bytes - from.bytes) / seconds)), share > from.share ? left((1 - share) / (share - from.share) * seconds) : null];
}
export function progressLine(id, progress) {
  const known = progress.share !== undefined;
  const bar = el("progress", { max: 1, "aria-label": t("phase." + progress.phase) });
  if (known) bar.value = progress.share;
  const done = [progress.bytes > 0 ? size(progress.bytes) : null, known ? share(progress.share) : null, ...pace(id, progress)]
    .filter(part => part).join(" · ");
  return [
    el("div", { className: "line" }, el("span", {}, t("phase." + progress.phase)), el("span", { className: "num" }, done)),
    bar,
  ];
}
