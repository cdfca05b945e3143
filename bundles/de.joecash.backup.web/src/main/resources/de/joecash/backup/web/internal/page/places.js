import { open, want } from "./asking.js";
import { $, button, el, lines, put, say } from "./elements.js";
import { listed, number, place, problemLines, t } from "./words.js";

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

open("ADMINISTRATOR", async state => {
  drawTimes(state.automaticAt);
  const all = await want("places");
  if (all) put("places", ...(all.length ? all.map(card) : [el("p", { className: "card" }, t("fetch.noPlace"))]));
});
