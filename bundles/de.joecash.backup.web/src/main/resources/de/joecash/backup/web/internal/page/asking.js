/* What is asked of the server, and what a page says where it does not answer or refuses. */

import { $, el, lines, put } from "./elements.js";
import { at, has, know, locale, may, problemLines, t } from "./words.js";

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
  know(data);
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
