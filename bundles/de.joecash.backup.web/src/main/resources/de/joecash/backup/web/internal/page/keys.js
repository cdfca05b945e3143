import { open, want } from "./asking.js";
import { $, button, el, lines, put, say } from "./elements.js";
import { t } from "./words.js";

function drawKeys(keys) {
  const none = keys.encrypted && keys.recipients.length === 0;
  const warning = !keys.encrypted ? "keys.off" : none ? "keys.none" : null;
  put("who",
    ...(warning ? [el("div", { className: "warn", role: "alert" }, ...lines([t(warning), t(warning + ".text")]))]
      : [el("p", {}, t("keys.can"))]),
    el("ul", {}, ...keys.recipients.map(one => el("li", {},
      el("strong", {}, t("origin." + one.origin)), el("div", { className: "mono soft" }, one.publicKey)))));
  say("till", keys.till);
  put("trusted", ...(keys.trusted.length
    ? [el("p", {}, t("trust.already")), el("ul", {}, ...keys.trusted.map(one => el("li", { className: "mono" }, one)))]
    : []));
}

// ---- the sheet: made, shown once, printed, gone ------------------------------------------------------------------

function drawing(path, size) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", `0 0 ${size} ${size}`);
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", "QR");
  const dark = document.createElementNS("http://www.w3.org/2000/svg", "path");
  dark.setAttribute("d", path);
  svg.append(dark);
  return svg;
}
function half(words, lang) {
  const w = key => words["sheet." + key];
  return el("div", { className: "half", lang },
    el("h3", {}, w("title")),
    el("p", {}, w("made")),
    el("p", {}, w("what")),
    el("h3", {}, w("steps")),
    el("ol", {}, ...["1", "2", "3", "4"].map(step => el("li", {}, w("step." + step)))),
    el("p", {}, w("try")),
    el("h3", {}, w("own")),
    el("p", {}, w("own.text")));
}
function both(sheet, key) {
  return sheet.words.de["sheet." + key] + " / " + sheet.words.en["sheet." + key];
}
function drawSheet(sheet) {
  const places = sheet.places.length ? sheet.places : ["_".repeat(60)];
  put("sheet", el("article", { className: "sheet", "aria-label": sheet.words.de["sheet.title"] },
    el("h2", {}, "JoeCash +Backup – " + both(sheet, "title")),
    el("div", { className: "secret" },
      el("div", {},
        el("h3", {}, both(sheet, "key")),
        el("p", { id: "secret", className: "mono large" }, sheet.key.join("\n")),
        el("p", { className: "soft" }, both(sheet, "key.hint"))),
      drawing(sheet.code, sheet.size)),
    el("h3", {}, both(sheet, "till")),
    el("p", { className: "mono large" }, sheet.till),
    el("h3", {}, both(sheet, "places")),
    ...places.map(one => el("p", { className: "mono" }, one)),
    el("div", { className: "halves" }, half(sheet.words.de, "de"), half(sheet.words.en, "en")),
    el("pre", {}, sheet.words.en["sheet.own.commands"]),
    el("p", { className: "mono soft" }, both(sheet, "public") + ": " + sheet.recipient)));
  $("made").hidden = false;
  $("made-title").focus();
}
function closeSheet() {
  put("sheet");
  $("made").hidden = true;
}

$("make").addEventListener("click", async () => {
  $("make").disabled = true;
  const sheet = await want("sheet", {});
  if (sheet) {
    drawSheet(sheet);
    const keys = await want("keys");
    if (keys) drawKeys(keys);
  }
  $("make").disabled = false;
});
$("print").addEventListener("click", () => print());
$("close").addEventListener("click", () => { closeSheet(); $("make").focus(); });
// A page that the browser keeps for its back button would show it again.
addEventListener("pagehide", closeSheet);

$("check-form").addEventListener("submit", async event => {
  event.preventDefault();
  const key = $("check-key").value;
  $("check-key").value = "";
  put("checked");
  const answer = await want("check-key", { key });
  if (answer) {
    const [look, sign, word] = answer.opens ? ["good", "✓ ", "check.good"] : ["bad", "✕ ", "check.bad"];
    put("checked", el("p", { className: "mark " + look }, sign + t(word)),
      answer.opens ? null : button(t("check.again"), () => { put("checked"); $("check-key").focus(); }));
  }
});
$("trust-form").addEventListener("submit", async event => {
  event.preventDefault();
  put("trust-said");
  const keys = await want("trust", { fingerprint: $("trust-fingerprint").value });
  if (keys) {
    $("trust-fingerprint").value = "";
    drawKeys(keys);
    put("trust-said", el("p", { className: "mark good" }, "✓ " + t("trust.done")));
  }
});

open("ADMINISTRATOR", async () => {
  const keys = await want("keys");
  if (keys) drawKeys(keys);
});
