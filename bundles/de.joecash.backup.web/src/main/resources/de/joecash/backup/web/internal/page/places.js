import { open, want } from "./asking.js";
import { $, button, el, lines, put, say } from "./elements.js";
import { listed, number, place, problemLines, size, t, when } from "./words.js";

const STEPS = ["CONNECTED", "WRITTEN", "READ_BACK", "REMOVED"];

function card(where) {
  const said = el("div", { role: "status" });
  const go = button(t("try"), async () => {
    go.disabled = true;
    said.replaceChildren(el("p", {}, t("try.going")), button(t("cancel"), () => want("cancel-try", where)));
    const shown = await want("try", where);
    said.replaceChildren(...(shown ? outcome(shown) : []));
    go.disabled = false;
  });
  return el("section", { className: "card" }, el("h2", {}, place(where)), el("div", { className: "buttons" }, go), said);
}
function outcome({ passed, problem }) {
  const failed = STEPS.find(step => !passed.includes(step)), off = problem?.code === "Cancelled";
  return [
    el("ul", {}, ...STEPS.map(step => {
      const [look, sign, word] = passed.includes(step) ? ["good", "✓ ", "fact.ok"]
        : step !== failed ? ["soft", "– ", "try.skipped"] : off ? ["soft", "– ", "cancelled"] : ["bad", "✕ ", "try.failed"];
      return el("li", { className: "row" }, el("span", {}, t("try." + step)),
        el("span", { className: "mark " + look }, el("span", { "aria-hidden": "true" }, sign), t(word)));
    })),
    ...(problem ? lines(problemLines(problem), { className: off ? "" : "bad" }) : []),
  ];
}

/** One field for each time, and an empty one for one more; what is emptied goes. */
function drawTimes(times) {
  say("times-text", t(times ? "times.text" : "next.none"));
  $("times-form").hidden = !times;
  put("times", ...[...times ?? [], ""].map((value, i) =>
    el("input", { type: "time", value, "aria-label": t("times.one", number(i + 1)) })));
}
$("times-form").addEventListener("submit", async event => {
  event.preventDefault();
  say("times-said", "");
  const times = await want("times", { times: [...$("times").children].map(field => field.value).filter(time => time) });
  if (!times) return;
  drawTimes(times);
  say("times-said", t("times.saved", listed(times)));
});

/** The rules in force, and those whose outcome is shown: only these can be saved. */
const RULES = ["keep", "keepSafety"];
let force = null, shown = null;

function drawRules() {
  put("rules", ...RULES.flatMap(rule => [
    el("label", {}, t("retention." + rule), el("input", { id: rule, value: force[rule], inputMode: "numeric",
      autocomplete: "off", "aria-describedby": rule + "-wrong", input: forget })),
    el("p", { id: rule + "-wrong", className: "bad" }),
  ]));
}
/** What is typed is not what is shown any more. */
function forget() {
  $("retention-save").hidden = true;
  say("retention-said", "");
  put("fates");
}
function holds(rule) {
  const good = /^[1-9]\d{0,4}$/.test($(rule).value.trim());
  $(rule).setAttribute("aria-invalid", !good);
  say(rule + "-wrong", good ? "" : t("retention.wrong"));
  return good;
}
function drawFates(found, said) {
  shown = found;
  const all = found.backups, going = all.filter(one => one.fate === "GOES");
  const sum = some => size(some.reduce((bytes, one) => bytes + one.bytes, 0));
  $("retention-save").hidden = RULES.every(rule => found[rule] === force[rule]);
  say("retention-said", said + t(going.length ? "retention.goes" : "retention.none",
    number(going.length), sum(going), number(all.length - going.length)));
  put("fates", ...[...new Set([...going, ...all].map(one => one.fate))].map(fate => {
    const some = all.filter(one => one.fate === fate);
    return el("details", { open: fate === "GOES" },
      el("summary", {}, el("span", { className: "when" }, t("fate." + fate)),
        el("span", { className: "about" }, number(some.length) + " · " + sum(some))),
      el("ul", { className: "details" }, ...some.map(one => el("li", { className: "row" }, el("span", {}, when(one.started)),
        el("span", { className: "soft" }, [t("kind." + one.kind), size(one.bytes), one.id].join(" · "))))));
  }));
}
$("retention-form").addEventListener("submit", async event => {
  event.preventDefault();
  if (!force) return;
  forget();
  const wrong = RULES.filter(rule => !holds(rule));
  if (wrong.length) return $(wrong[0]).focus();
  const found = await want("retention?" + RULES.map(rule => rule + "=" + $(rule).value.trim()).join("&"));
  // What was typed meanwhile is not what this is about.
  if (found && RULES.every(rule => found[rule] === +$(rule).value)) drawFates(found, t("retention.not") + " ");
});
$("retention-save").addEventListener("click", async () => {
  const found = await want("retention", { keep: shown.keep, keepSafety: shown.keepSafety });
  if (found) drawFates(force = found, t("retention.saved") + " ");
});

/** Only where the host has a way to people. */
function drawNotifications({ from, way }) {
  $("notify").hidden = !way;
  say("notify-text", way ? t("notify.text", way) : "");
  put("notify-from", ...["NEVER", "DANGER", "OVERDUE"].map(value =>
    el("option", { value, selected: value === from }, t("notify." + value))));
}
$("notify-form").addEventListener("submit", async event => {
  event.preventDefault();
  say("notify-said", "");
  const now = await want("notifications", { from: $("notify-from").value });
  if (!now) return;
  drawNotifications(now);
  say("notify-said", t("retention.saved"));
});
$("notify-trial").addEventListener("click", async () => {
  say("notify-said", t("notify.going"));
  $("notify-trial").disabled = true;
  say("notify-said", await want("notifications-trial", {}) ? t("notify.sent") : "");
  $("notify-trial").disabled = false;
});

open("ADMINISTRATOR", async state => {
  drawTimes(state.automaticAt);
  force = await want("retention");
  if (force) {
    drawRules();
    drawFates(force, "");
  }
  const notifications = await want("notifications");
  if (notifications) drawNotifications(notifications);
  const all = await want("places");
  if (all) put("places", ...(all.length ? all.map(card) : [el("p", { className: "card" }, t("fetch.noPlace"))]));
});
