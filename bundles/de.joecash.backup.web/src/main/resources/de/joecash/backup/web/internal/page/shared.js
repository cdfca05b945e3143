/* What all pages need: words, requests, elements. What comes from outside goes into a page as text only. */

export const $ = id => document.getElementById(id);

// ---- words -----------------------------------------------------------------------------------------------------

let texts = {}, locale = "de-DE", role = "CASHIER", now = null;
const ROLES = ["CASHIER", "MANAGER", "ADMINISTRATOR"];

export const has = key => Object.hasOwn(texts, key);
export const t = (key, ...values) => fill(has(key) ? texts[key] : key, ...values);
export const fill = (text, ...values) => text.replace(/\{(\d)\}/g, (_, i) => values[i] ?? "").trim();
export const number = value => new Intl.NumberFormat(locale).format(value);
export const share = value =>
  new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 0 }).format(value);
export const upper = text => text.trim().toLocaleUpperCase(locale);
export function size(bytes) {
  const fine = bytes < 1e8 ? 1 : 0;
  return new Intl.NumberFormat(locale, { minimumFractionDigits: fine, maximumFractionDigits: fine })
    .format(bytes / 1e6) + " MB";
}
/** Whether the reader may do what is for this role. The server asks again. */
export const may = least => ROLES.indexOf(role) >= ROLES.indexOf(least);

/** The server's time at the last look, which ages are counted from. */
export function at(moment) {
  now = moment;
}
// The server gives the shop's local time; it is shown as it stands, whatever zone the browser is in.
export const asDate = moment => new Date(moment.local + "Z");
export const dayOf = moment => Math.floor(asDate(moment).getTime() / 864e5);
export function when(moment) {
  const days = now ? dayOf(moment) - dayOf(now) : 9;
  const near = Math.abs(days) <= 1;
  const day = new Intl.DateTimeFormat(locale,
    { weekday: near ? undefined : "short", day: "2-digit", month: "2-digit", year: "numeric", timeZone: "UTC" });
  return (near ? new Intl.RelativeTimeFormat(locale, { numeric: "auto" }).format(days, "day") + ", " : "")
    + day.format(asDate(moment)) + ", " + clock(moment);
}
export const clock = moment =>
  new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit", timeZone: "UTC" }).format(asDate(moment));
export const date = (day, look) => new Intl.DateTimeFormat(locale, { ...look, timeZone: "UTC" }).format(new Date(day * 864e5));
export function age(moment) {
  const minutes = Math.max(0, Math.floor((now.epoch - moment.epoch) / 60000));
  const words = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
  if (minutes < 1) return words.format(0, "second");
  if (minutes < 90) return words.format(-minutes, "minute");
  return minutes < 48 * 60
    ? words.format(-Math.round(minutes / 60), "hour") : words.format(-Math.floor(minutes / 1440), "day");
}
export function place(where) {
  const key = "place." + where.destination;
  return has(key) ? t(key, where.destination, where.directory)
    : where.destination + (where.directory ? ": " + where.directory : "");
}
export const problemLines = problem => [problem.cause, problem.consequence, problem.nextStep];

// ---- elements --------------------------------------------------------------------------------------------------

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
  $(id).replaceChildren(...children);
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
export function progressLine(progress) {
  const known = progress.share !== undefined;
  const bar = el("progress", { max: 1, "aria-label": t("phase." + progress.phase) });
  if (known) bar.value = progress.share;
  const done = [progress.bytes > 0 ? size(progress.bytes) : null, known ? share(progress.share) : null]
    .filter(part => part).join(" · ");
  return [
    el("div", { className: "line" }, el("span", {}, t("phase." + progress.phase)), el("span", { className: "num" }, done)),
    bar,
  ];
}

// ---- asking ----------------------------------------------------------------------------------------------------

export class Away extends Error {}
export class LoggedOut extends Error {}

/** Asks the server; without a body it is only looked at. */
export async function call(path, body) {
  let response, data;
  try {
    response = await fetch("api/v1/" + path, body === undefined
      ? { redirect: "manual", cache: "no-store" }
      : { method: "POST", redirect: "manual", cache: "no-store", body: JSON.stringify(body),
          headers: { "Content-Type": "application/json", "X-JoeCash": "1" } });
    if (response.type === "opaqueredirect" || response.status === 401) throw new LoggedOut();
    data = await response.json();
  } catch (error) {
    throw error instanceof LoggedOut ? error : new Away();
  }
  if (!response.ok && !data.code) throw new Away();
  return { ok: response.ok, data };
}

export async function learn() {
  const { data } = await call("texts");
  ({ texts, locale, role } = data);
  document.documentElement.lang = locale;
  document.querySelectorAll("[data-t]").forEach(node => { node.textContent = t(node.dataset.t); });
  document.querySelectorAll("[data-role]").forEach(node => { node.hidden = !may(node.dataset.role); });
  document.title = $("title").textContent;
}

/**
 * Opens one of the smaller pages: learns the words, looks at the state, shows the page to whom it is for, and says in
 * its place why where it cannot be shown.
 */
export async function open(least, begin) {
  try {
    await learn();
    const { data } = await call("state");
    at(data.now);
    if (!may(least)) return refuse(t("role.head"), [t("role." + least)]);
    $("page").hidden = false;
    await begin(data);
  } catch (error) {
    gone(error);
  } finally {
    $("main").setAttribute("aria-busy", "false");
  }
}
export function refuse(head, texts, ...more) {
  put("refused", el("section", { className: "card notice no" },
    el("div", {}, el("h2", {}, head), ...lines(texts), ...more)));
  $("refused").scrollIntoView({ block: "nearest" });
}
/** The server is not there, or does not know the reader any more. */
export function gone(error) {
  if (!(error instanceof Away || error instanceof LoggedOut)) console.error(error);
  if (!has("title")) return setTimeout(() => location.reload(), 3000);
  if (error instanceof LoggedOut) {
    refuse(t("login.head"), [t("login.text")], el("p", {}, el("a", { className: "button", href: "/" }, t("login.link"))));
  } else {
    refuse(t("updating.head"), [t("updating.text")]);
  }
}
/** Asks; a refusal is said on the page, and nothing comes back. */
export async function want(path, body) {
  try {
    const { ok, data } = await call(path, body);
    put("refused", ...[]);
    if (ok) return data;
    refuse(t("failed.ask"), problemLines(data));
  } catch (error) {
    gone(error);
  }
  return null;
}

/** Follows a run to its end; a server that is away for a moment is waited for. */
export async function follow(id, show) {
  for (;;) {
    try {
      const { ok, data } = await call("state");
      if (ok) {
        at(data.now);
        const run = data.runs.find(one => one.id === id);
        if (!run) return null;
        show(run);
        if (run.ended) return run;
      }
    } catch (error) {
      if (error instanceof LoggedOut) throw error;
    }
    await new Promise(done => setTimeout(done, 700));
  }
}
