import { follow, gone, open, want } from "./asking.js";
import { $, button, el, lines, progressLine, put, say } from "./elements.js";
import { number, problemLines, size, sold, t, upper, when } from "./words.js";

let backup = null, adopting = false, withoutFiles = false;

async function drawWhat(all) {
  const facts = [
    [t("restore.data"), when(backup.started)],
    [t("kind"), t("kind." + backup.kind)],
    [t("size"), size(backup.bytes)],
    [t("rows"), number(backup.rows)],
    [t("proven"), when(backup.proven)],
    [t("drilled"), backup.drill ? when(backup.drill.at) : t("drill.never")],
    [t("restore.till"), backup.till],
  ];
  put("what", el("dl", {}, ...facts.flatMap(([name, value]) => [el("dt", {}, name), el("dd", {}, value)])),
    ...(backup.drill?.problem ? lines(problemLines(backup.drill.problem), { className: "bad" }) : []));
  const newest = all.find(one => !one.replaced && one.kind !== "SAFETY" && !one.problem);
  const fewer = newest && newest.id !== backup.id && backup.rows < newest.rows / 2;
  const later = all.filter(one => one.started.epoch > backup.started.epoch && one.kind !== "SAFETY");
  const lost = await want("lost?backup=" + encodeURIComponent(backup.id));
  say("lost", t("restore.lost", when(backup.started)) + (lost?.receipts === undefined ? "" : " " + sold(lost.all ? "lostAll" : "lost", lost))
    + (backup.replaced ? " " + t("replaced.what") : "")
    + (fewer ? " " + t("restore.fewer", number(backup.rows), number(newest.rows)) : "")
    + (later.length ? " " + t("restore.later", number(later.length)) : ""));
}

$("restore-word").addEventListener("input", () => {
  $("restore-go").disabled = upper($("restore-word").value) !== t("restore.word");
});
$("restore-form").addEventListener("submit", async event => {
  event.preventDefault();
  const confirm = upper($("restore-word").value);
  if (confirm !== t("restore.word")) return;
  const run = await want(adopting ? "adopt" : "restore", { backup: backup.id, confirm, withoutFiles });
  if (run) watch(run.id);
});

async function watch(id) {
  $("step-confirm").hidden = true;
  $("step-run").hidden = false;
  $("step-run").querySelector("h2").focus();
  try {
    const end = await follow(id, run => put("run", el("p", {}, t("run.RESTORE.text")), ...progressLine(id, run.progress),
      button(t("cancel"), () => want("cancel", { id }))));
    if (end) await ended(end);
  } catch (error) {
    gone(error);
  }
}

async function ended(run) {
  if (!run.problem) {
    const all = await want("backups") ?? [];
    const before = all.find(one => one.kind === "SAFETY" && one.started.epoch > run.result.started.epoch);
    return put("run", el("p", { className: "mark good" }, "✓ " + t("done.RESTORE", when(run.result.started))),
      el("p", {}, t("done.proven", run.proven.map(proof => t("proof." + proof)).join(", "))),
      before ? el("p", {}, t("restore.back", when(before.started))) : null,
      el("div", { className: "buttons" }, el("a", { className: "button", href: "./" }, t("back.home")),
        before ? el("a", { className: "button", href: "restore.html#" + before.id }, t("restore.undo")) : null));
  }
  put("run", el("p", { className: "mark bad" }, "✕ " + t("failed.RESTORE")), ...lines(problemLines(run.problem)));
  if (run.problem.code === "OtherTill" && backup) {
    adopting = true;
    askAgain();
  } else if (run.problem.code === "FilesDamaged" && backup && !withoutFiles) {
    withoutFiles = true;
    askAgain();
  } else if (backup) {
    $("run").append(button(t("again"), () => location.reload()));
  }
}

/** Wants the word once more, for more than was confirmed before. */
function askAgain() {
  drawTerms();
  $("restore-word").value = "";
  $("restore-go").disabled = true;
  $("step-confirm").hidden = false;
  $("restore-word").focus();
}
function drawTerms() {
  put("terms", ...lines([adopting ? t("restore.adopt", backup.till) : null,
    withoutFiles ? t("restore.withoutFiles") : null], { className: "warn" }));
}

addEventListener("hashchange", () => location.reload());

open("ADMINISTRATOR", async state => {
  const going = state.runs.find(run => run.kind === "RESTORE" && !run.ended);
  const id = going ? going.backup : decodeURIComponent(location.hash.slice(1));
  const all = [];
  do {
    const part = await want("backups?from=" + all.length);
    if (!part) return;
    if (part.length === 0) break;
    all.push(...part);
    backup = all.find(one => one.id === id);
  } while (!backup);
  if (backup) await drawWhat(all);
  else put("what", el("p", {}, t("restore.unknown")));
  if (going) return watch(going.id);
  withoutFiles = backup?.problem?.code === "FilesDamaged";
  drawTerms();
  $("step-confirm").hidden = !backup || Boolean(backup.problem && !withoutFiles);
  if (backup?.problem) $("what").append(...lines(problemLines(backup.problem), { className: "bad" }));
});
