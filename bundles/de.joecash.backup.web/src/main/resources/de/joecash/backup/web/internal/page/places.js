import { button, el, lines, open, place, problemLines, put, t, want } from "./shared.js";

const STEPS = ["CONNECTED", "WRITTEN", "READ_BACK", "REMOVED"];

function card(where) {
  const said = el("div", { role: "status" });
  const go = button(t("try"), async () => {
    go.disabled = true;
    said.replaceChildren(el("p", {}, t("try.going")));
    const shown = await want("try", where);
    said.replaceChildren(...(shown ? outcome(shown) : []));
    go.disabled = false;
  });
  return el("section", { className: "card" }, el("h2", {}, place(where)), el("div", { className: "buttons" }, go), said);
}
function outcome({ passed, problem }) {
  const failed = STEPS.find(step => !passed.includes(step));
  return [
    el("ul", {}, ...STEPS.map(step => {
      const [look, sign, word] = passed.includes(step) ? ["good", "✓ ", "fact.ok"]
        : step === failed ? ["bad", "✕ ", "try.failed"] : ["soft", "– ", "try.skipped"];
      return el("li", { className: "row" }, el("span", {}, t("try." + step)),
        el("span", { className: "mark " + look }, el("span", { "aria-hidden": "true" }, sign), t(word)));
    })),
    ...(problem ? lines(problemLines(problem), { className: "bad" }) : []),
  ];
}

open("ADMINISTRATOR", async () => {
  const all = await want("places");
  if (all) put("places", ...(all.length ? all.map(card) : [el("p", { className: "card" }, t("fetch.noPlace"))]));
});
