import { call, follow, gone, open, want } from "./asking.js";
import { $, button, el, lines, progressLine, put, say } from "./elements.js";
import { number, place, problemLines, size, t, when } from "./words.js";

let where = null, chosen = null, key = "", fingerprint = "", asked = 0;

function step(id) {
  $(id).hidden = false;
  $(id).querySelector("h2").focus();
}
function hide(...ids) {
  ids.forEach(id => { $(id).hidden = true; });
}

// ---- 1 where, 2 which --------------------------------------------------------------------------------------------

function drawPlaces(places) {
  put("places", ...(places.length ? places.map(one => button(place(one), () => look(one)))
    : [el("p", {}, t("fetch.noPlace"))]));
}
async function look(at) {
  const mine = ++asked;
  where = at;
  hide("step-key", "step-fingerprint", "step-run");
  [...$("places").children].forEach(node => node.setAttribute("aria-pressed", String(node.textContent === place(at))));
  put("remote", el("p", {}, t("fetch.asking")));
  step("step-backup");
  try {
    const { ok, data } = await call("remote", at);
    if (mine !== asked) return;
    put("remote", ...(!ok ? lines(problemLines(data), { className: "bad" })
      : data.length === 0 ? [el("p", {}, t("fetch.empty"))]
        : [el("ul", {}, ...data.map(found => el("li", { className: "row" },
          el("div", {}, el("strong", {}, found.started ? when(found.started) : found.id),
            ...(found.started ? [el("div", { className: "soft" }, [found.till, t("kind." + found.kind), size(found.bytes),
              t("rows") + ": " + number(found.rows)].join(" · "))] : []),
            ...told(found.problem)),
          found.problem && !ofAnotherTill(found.problem) ? ""
            : found.here ? el("span", {}, el("span", { className: "mark good" }, "✓ " + t("fetch.here") + " "), restoreLink(found.id))
              : button(t("fetch.choose"), () => choose(found)))))]));
  } catch (error) {
    if (mine === asked) gone(error);
  }
}
/** On a new machine all of them are another till's: that is compared in a step of its own. */
const ofAnotherTill = problem => problem.code === "SignerUnknown";
const told = problem => !problem ? []
  : ofAnotherTill(problem) ? lines([t("fetch.signer", problem.fingerprint)], { className: "soft" })
    : lines(problemLines(problem), { className: "bad" });
const restoreLink = id => el("a", { className: "button", href: "restore.html#" + id }, t("restore"));

// ---- 3 the key, 4 the fingerprint ---------------------------------------------------------------------------------------

function choose(found) {
  chosen = found;
  hide("step-fingerprint", "step-run");
  say("key-of", t("fetch.of", when(found.started)));
  put("key-wrong");
  if (where.destination === "medium") return get(false);
  step("step-key");
  $("fetch-key").focus();
}
$("key-form").addEventListener("submit", event => {
  event.preventDefault();
  key = $("fetch-key").value;
  get(false);
});
$("fingerprint-form").addEventListener("submit", async event => {
  event.preventDefault();
  const typed = $("fetch-fingerprint").value;
  const plain = text => text.toUpperCase().replace(/[^A-Z0-9]/g, "");
  if (plain(typed) !== plain(fingerprint)) {
    put("fingerprint-wrong", ...lines([t("fetch.4.other", fingerprint)], { className: "bad" }));
    $("fetch-fingerprint").focus();
    return;
  }
  if (await want("trust", { fingerprint: typed })) get(false);
});

// ---- 5 on its way ------------------------------------------------------------------------------------------------

async function get(withoutFiles) {
  put("key-wrong");
  const run = await want("fetch", { ...where, backup: chosen.id, key, withoutFiles });
  if (run) watch(run.id);
}
async function watch(id) {
  hide("step-fingerprint");
  put("run");
  step("step-run");
  try {
    const end = await follow(id, run => put("run", ...progressLine(id, run.progress),
      button(t("cancel"), () => want("cancel", { id }))));
    if (end) arrived(end);
  } catch (error) {
    gone(error);
  }
}
function arrived(run) {
  const code = run.problem?.code;
  if (!run.problem) {
    forget();
    hide("step-key", "step-fingerprint");
    return put("run", el("p", { className: "mark good" }, "✓ " + t("done.FETCH")),
      el("p", {}, t("done.what", when(run.result.started), size(run.result.bytes), number(run.result.rows))),
      el("p", {}, t("fetch.next")), restoreLink(run.result.id));
  }
  put("run", ...lines(problemLines(run.problem), { className: "bad" }));
  if (["KeyMissing", "KeyMistyped", "KeyRefused"].includes(code) && chosen) {
    hide("step-run");
    key = $("fetch-key").value = "";
    put("key-wrong", ...lines(problemLines(run.problem), { className: "bad" }));
    step("step-key");
    return $("fetch-key").focus();
  }
  if (code === "SignerUnknown" && chosen) {
    hide("step-run");
    fingerprint = run.problem.fingerprint;
    put("fingerprint-wrong");
    step("step-fingerprint");
    return $("fetch-fingerprint").focus();
  }
  if (chosen) $("run").append(button(t("again"), () => get(false)));
  if (chosen && code === "FilesDamaged") $("run").append(" ", button(t("fetch.database"), () => get(true)));
}
function forget() {
  key = $("fetch-key").value = $("fetch-fingerprint").value = "";
}
addEventListener("pagehide", forget);

open("ADMINISTRATOR", async state => {
  const places = await want("places");
  if (places) drawPlaces(places);
  const going = state.runs.find(run => run.kind === "FETCH" && !run.ended);
  if (going) watch(going.id);
});
