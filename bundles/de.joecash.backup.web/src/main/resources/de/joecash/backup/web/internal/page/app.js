import { Away, LoggedOut, call, learn } from "./asking.js";
import { $, button, draw, el, progressLine, put, say } from "./elements.js";
import { age, at, date, dayOf, has, listed, may, number, place, problemLines, size, sold, t, when } from "./words.js";

const FAST = 700, SLOW = 5000, AWAY = 1500, FIRST = 4000, SILENCE = 12000, DEAF = 60000;
const MORE = 50, PART = 200, DAYS = 30, GOOD_NEWS_FOR = 10 * 60 * 1000;
const SORTS = ["ALL", "MANUAL", "AUTOMATIC", "SAFETY", "KEPT", "BAD"];
const SIGNS = { SAFE: "✓", OVERDUE: "!", DANGER: "✕", WORKING: "↻", LOADING: "…" };

let state = null, backups = [], days = [], catalogue = null, shown = 8;
let sort = "ALL", whole = false, doubted = null, asked = null;
let timer = 0, polling = false, refused = null;
let source = null, silence = 0, deafUntil = 0;
const dismissed = new Set(JSON.parse(sessionStorage.getItem("dismissed") || "[]"));

// ---- drawing ---------------------------------------------------------------------------------------------------

function drawState() {
  const going = state.runs.filter(run => !run.ended);
  const working = going.find(run => run.kind !== "SEND") || going[0];
  const level = working ? "WORKING" : state.level;
  $("state").dataset.level = level;
  say("sign", SIGNS[level]);
  say("level", t("level." + level));
  const ages = [state.newestGood, state.newestOffServer].map(newest => newest ? age(newest.started) : t("fact.none"));
  ages.push(state.drills.newest?.problem?.cause);
  if (state.loss) {
    ages.push(when(state.loss.started), number(state.loss.rows), number(state.loss.left));
  }
  say("head", working ? t("run." + working.kind) + " …" : t(state.reason + ".head"));
  say("text", working ? t("run." + working.kind + ".text") : state.obstacle ? problemLines(state.obstacle).join(" ") : t(state.reason + ".text", ...ages));
  $("link").hidden = true;
  drawLoss(!working && state.reason === "LOSS" ? state.loss : null);
  $("known").hidden = $("work").hidden = false;
  drawFact("fact-backup", "fact.backup", state.newestGood, state.backupOverdue,
    newest => t("fact.proven", when(newest.since)), state.unsaved && sold("unsaved", state.unsaved));
  drawFact("fact-copy", "fact.copy", state.newestOffServer, state.offServerOverdue,
    newest => newest.place ? t("fact.there", place(newest.place), when(newest.since)) : "");
  drawDrills(state.drills);
  say("next", !state.nextAutomatic ? t("next.none")
    : (state.nextAutomatic.epoch <= state.now.epoch ? t("next.now") : t("next", when(state.nextAutomatic)))
      + " · " + t("next.times", listed(state.automaticAt)));
}

/** The two ways on: back to what there was, or on with what there is, which is asked for once more. */
function drawLoss(loss) {
  const sure = loss && asked === loss.backup, turn = to => { asked = to; drawLoss(loss); };
  $("loss").hidden = !loss || !may("MANAGER");
  draw("loss", [loss, sure], () => !loss ? [] : sure ? [
    el("span", { className: "warn", role: "alert" }, t("loss.sure", number(loss.rows), number(loss.left))),
    button(t("restore.keep"), () => turn(null)),
    button(t("loss.yes"), () => { asked = null; ask("nothing-lost", { backup: loss.backup }); }),
  ] : [
    may("ADMINISTRATOR") ? el("a", { className: "button", href: "restore.html#" + loss.backup }, t("loss.restore"))
      : el("span", {}, t("loss.who")),
    button(t("loss.right"), () => turn(loss.backup)),
  ]);
}

function drawFact(id, title, newest, overdue, since, more) {
  const [look, sign, word] = !newest ? ["bad", "✕", "fact.missing"]
    : overdue ? ["late", "!", "fact.overdue"] : state.loss && newest.started.epoch > state.loss.started.epoch ? ["late", "!", "fact.loss"] : ["good", "✓", "fact.ok"];
  const lines = newest ? [age(newest.started), t("fact.dataOf", when(newest.started)), since(newest), more] : [t("fact.none")];
  draw(id, [title, look, lines], () => [
    el("dt", {}, t(title)),
    el("dd", {}, el("span", { className: "age" }, lines[0]), " ",
      el("span", { className: "mark " + look }, el("span", { "aria-hidden": "true" }, sign + " "), t(word))),
    ...lines.slice(1).filter(line => line).map(line => el("dd", {}, line)),
  ]);
}

function drawDrills({ newest, overdue, next, hindrance }) {
  const [look, sign, word] = newest?.problem ? ["bad", "✕", "drill.failed"]
    : overdue ? ["late", "!", "fact.overdue"] : newest ? ["good", "✓", "fact.ok"] : ["soft", "–", "drill.never"];
  const lines = [
    newest ? t("drill.of", when(newest.at), when(newest.started)) : t("drill.what"),
    next ? next.epoch <= state.now.epoch ? t("drill.due") : t("drill.next", when(next)) : null,
    hindrance ? t("drill.hindered", hindrance.cause) : null,
  ].filter(line => line);
  const ago = newest ? age(newest.at) : "";
  draw("fact-drill", [look, ago, lines], () => [
    el("dt", {}, t("fact.drill")),
    el("dd", {}, el("span", { className: "age" }, ago), " ",
      el("span", { className: "mark " + look }, el("span", { "aria-hidden": "true" }, sign + " "), t(word))),
    ...lines.map(line => el("dd", {}, line)),
  ]);
}

function drawActions() {
  const alone = state.runs.filter(run => !run.ended && run.kind !== "SEND");
  const busy = alone[0];
  // An automatic backup is waited for; where a person made it, the server says so.
  const full = alone.length > 1 || alone.some(run => run.kind !== "CREATE");
  const sending = state.runs.find(run => !run.ended && run.kind === "SEND");
  $("unsealed").hidden = !state.sealing?.encrypted || state.sealing.recipients > 0;
  $("create").disabled = full;
  $("send").disabled = Boolean(sending);
  $("drill").disabled = full || !state.newestGood;
  say("drill-text", busy && busy.kind === "DRILL" ? t("running") : t("drill.text"));
  say("create-text", busy && busy.kind === "CREATE" ? t("running") : t("create.text"));
  say("send-text", sending ? t("running") : t("send.text"));
  document.querySelectorAll("[data-alone]").forEach(node => { node.disabled = full; });
}

/** One touch from a stick that is plugged in to a copy on it. */
function drawMedia() {
  draw("media", [state.media, doubted], () => (state.media ?? []).map(one => {
    const { path, replaces } = one, doubt = replaces && doubted === path;
    const go = event => { event.target.disabled = true; doubted = null; ask("stick", { path, replacing: replaces }); };
    const turn = to => { doubted = to; drawMedia(); drawActions(); };
    return el("section", { className: "card notice" },
      el("div", {},
        el("h2", {}, t("stick", path)),
        el("p", {}, [one.format, one.bytes ? size(one.bytes) : null].filter(part => part).join(" · ")),
        el("p", {}, t(one.chosen ? "stick.chosen" : "stick.text")),
        doubt ? el("p", { className: "warn", role: "alert" }, t("stick.replaces", replaces)) : null),
      doubt ? el("div", { className: "buttons" },
        button(t("restore.keep"), () => turn(null), { "data-key": path }),
        button(t("stick.replace"), go, { "data-key": "replace" + path, "data-alone": "" }))
        : button(t("stick.do"), replaces ? () => turn(path) : go, { "data-key": path, "data-alone": "", className: "primary" }));
  }));
}

function drawRuns() {
  const going = state.runs.filter(run => !run.ended);
  draw("runs", going.map(run => run.id), () => going.map(run => el("section", { className: "card run" },
    el("h2", {}, t("run." + run.kind) + " …"),
    el("div", { "data-progress": run.id }),
    may("MANAGER") ? button(t("cancel"), () => ask("cancel", { id: run.id }), { "data-key": run.id }) : null)));
  going.forEach(run => move("runs", run.id, run.progress));
}
/** Only the progress itself is drawn anew, so that the button beside it stays under the finger. */
function move(part, id, progress) {
  $(part).querySelector(`[data-progress="${CSS.escape(id)}"]`).replaceChildren(...(progress ? progressLine(id, progress) : []));
}

function drawNotices() {
  const ended = state.runs.filter(run => run.ended && !dismissed.has(run.id)
    && (run.problem || state.now.epoch - run.ended.epoch < GOOD_NEWS_FOR));
  draw("notices", [refused, ended], () => [
    ...(refused ? [notice("no", t("failed.ask"), problemLines(refused), () => { refused = null; drawNotices(); })] : []),
    ...ended.map(run => {
      const close = () => {
        dismissed.add(run.id);
        sessionStorage.setItem("dismissed", JSON.stringify([...dismissed].slice(-50)));
        drawNotices();
      };
      if (!run.problem) return notice("ok", doneHead(run), doneLines(run), close, run.ended);
      if (run.problem.code === "Cancelled") {
        return notice("off", t("cancelled"), [run.problem.consequence, run.problem.nextStep], close, run.ended);
      }
      if (run.undecided) return notice("later", t("later.DRILL"), problemLines(run.problem), close, run.ended);
      return run.kind === "SEND" && run.problem.passing
        ? notice("later", t("later.SEND"), problemLines(run.problem), close, run.ended)
        : notice("no", t("failed." + run.kind), problemLines(run.problem), close, run.ended);
    }),
  ]);
}
const newestCopy = backup => backup.copies.reduce((a, b) => (a && a.at.epoch > b.at.epoch ? a : b), null);
function doneHead(run) {
  const copy = run.kind === "SEND" ? newestCopy(run.result) : null;
  return t("done." + run.kind, when(run.result.started), copy ? place(copy.place) : "");
}
const doneLines = run => [
  t("done.what", when(run.result.started), size(run.result.bytes), number(run.result.rows)),
  run.proven.length ? t("done.proven", run.proven.map(proof => t("proof." + proof)).join(", ")) : null,
];
function notice(look, head, lines, close, at) {
  const sign = { ok: "✓ ", later: "! ", no: "✕ ", off: "– " }[look];
  const colour = { ok: "good", later: "late", no: "bad", off: "" }[look];
  return el("div", { className: "card notice " + look },
    el("div", {},
      el("h2", {}, el("span", { className: colour, "aria-hidden": "true" }, sign), head),
      ...lines.filter(line => line).map(line => el("p", {}, line)),
      at ? el("p", { className: "soft" }, when(at)) : null),
    button(t("dismiss"), close));
}

function drawQueue() {
  const own = state.runs.filter(run => !run.ended && run.kind === "SEND").map(run => run.backup);
  const shown = state.transfers.filter(transfer => transfer.state !== "SENDING" || !own.includes(transfer.backup));
  $("queue").hidden = shown.length === 0;
  draw("transfers", [shown.map(transfer => ({ ...transfer, progress: null })), catalogue], () => shown.map(transfer => {
    const why = transfer.problem;
    return el("li", {},
      el("div", { className: "row" },
        el("div", {},
          el("strong", {}, nameOf(transfer.backup)), " → ", place(transfer.place),
          el("span", { className: "mark " + (transfer.state === "STOPPED" ? "bad" : "late") },
            " · " + t("queue." + transfer.state))),
        may("MANAGER") && (transfer.state === "SENDING" || transfer.state === "WAITING")
          ? button(t("queue.pause"), () => ask("pause", { id: transfer.id }), { "data-key": "pause-" + transfer.id })
          : null,
        transfer.state === "SENDING" || !may("MANAGER") ? null
          : button(t("queue.resume"), () => ask("resume", { id: transfer.id }), { "data-key": "resume-" + transfer.id }),
        !may("MANAGER") ? null : button(t(transfer.state === "SENDING" ? "cancel" : "queue.take"),
          () => ask("cancel", { id: transfer.id }), { "data-key": transfer.id })),
      el("div", { "data-progress": transfer.id }),
      why ? el("p", {}, why.cause, " ", why.nextStep) : null,
      el("p", { className: "soft" }, [
        transfer.next ? t("queue.next", when(transfer.next)) : null,
        transfer.attempts ? t("queue.attempts", number(transfer.attempts)) : null,
      ].filter(part => part).join(" · ")));
  }));
  shown.forEach(entry => move("transfers", entry.id, entry.state === "SENDING" ? entry.progress : null));
}
function nameOf(id) {
  const known = backups.find(backup => backup.id === id);
  return known ? when(known.started) : id;
}

function drawBackups() {
  // Nobody loses what he is typing: it is drawn at the next look.
  if (document.activeElement?.matches("#backups input")) return;
  const part = backups.slice(0, shown), any = sort === "ALL";
  const today = dayOf(state.now);
  $("all").hidden = any ? part.length >= state.backups : part.length === backups.length && whole;
  say("all", any ? t("list.more", number(state.backups)) : t("list.moreOfSort"));
  const open = new Set([...$("backups").querySelectorAll("details[open]")].map(node => node.dataset.id));
  draw("backups", [part, today], () => {
    if (part.length === 0) return [el("p", {}, t(any ? "list.empty" : "list.noneOfSort"))];
    const groups = Map.groupBy ? Map.groupBy(part, backup => group(backup, today)) : new Map();
    if (!Map.groupBy) {
      part.forEach(one => groups.set(group(one, today), [...groups.get(group(one, today)) ?? [], one]));
    }
    return [...groups].flatMap(([name, members]) => [
      el("h3", {}, name),
      el("ul", { "aria-label": name }, ...members.map(backup => row(backup, open.has(backup.id))))]);
  });
  draw("days", [days, today], () => strip(today));
}
/** As people think of them: today, yesterday, this week, last week, and then by month. */
function group(backup, today) {
  const day = dayOf(backup.started), monday = today - (today + 3) % 7;
  if (day >= today) return t("list.today");
  if (day === today - 1) return t("list.yesterday");
  if (day >= monday) return t("list.week");
  return day >= monday - 7 ? t("list.lastWeek") : date(day, { month: "long", year: "numeric" });
}
/** The last days, one mark each: a day without a backup between others is a gap that is seen at once. */
function strip(today) {
  return Array.from({ length: DAYS }, (_, i) => today - DAYS + 1 + i).map(day => {
    const saved = days.find(one => one.day === day);
    const [look, sign, words] = saved?.offServer ? ["good", "✓", "days.copied"] : saved?.good ? ["late", "•", "days.good"]
      : !saved || day === today ? ["soft", "", "days.nothing"] : ["bad", "✕", "days.gap"];
    const said = t(words, date(day, { weekday: "short", day: "2-digit", month: "2-digit" }), number(saved?.good ?? 0));
    return el("li", { className: look, title: said },
      el("span", { className: "sign", "aria-hidden": "true" }, sign),
      el("span", { className: "day", "aria-hidden": "true" }, date(day, { day: "numeric" })),
      el("span", { className: "hidden" }, said));
  });
}
function row(backup, open) {
  const good = !backup.problem, failed = Boolean(backup.drill?.problem);
  const copies = backup.copies.length;
  const about = [t("kind." + backup.kind), size(backup.bytes),
    copies ? t(copies === 1 ? "copies.short" : "copies.shorts", number(copies)) : null,
    backup.drill && !failed ? t("drill.short") : null, backup.goesNext ? t("goes.short") : null,
    backup.kept ? t("kept.short") : null, backup.replaced ? t("replaced.short") : null, backup.note];
  const facts = [
    [t("size"), size(backup.bytes)],
    [t("rows"), number(backup.rows)],
    [t("proven"), when(backup.proven)],
    [t("drilled"), backup.drill ? when(backup.drill.at) : t("drill.never")],
    [t("copies"), ...(copies ? backup.copies.map(copy => t("copy.at", place(copy.place), when(copy.at))
      + (copy.offServer ? "" : " (" + t("copy.here") + ")")) : [t("copies.none")])],
    [t("file"), backup.id],
    ...(backup.goesNext ? [[t("goes"), t("goes.next")]] : []),
    ...(backup.kept ? [[t("goes"), t("kept.what")]] : []),
    ...(backup.replaced ? [[t("replaced"), t("replaced.what")]] : []),
  ];
  const act = (label, click, look) => button(t(label), click, { "data-key": label + backup.id, ...look });
  const alone = { "data-alone": "" };
  const node = el("details", { open },
    el("summary", { "data-key": backup.id },
      el("span", { className: "when" }, when(backup.started)),
      el("span", { className: "about" }, about.filter(part => part).join(" · ")),
      el("span", { className: "mark " + (good && !failed ? "good" : "bad") }, (good && !failed ? "✓ " : "✕ ")
        + t(!good ? "state.damaged" : failed ? "drill.failed" : "state.good"))),
    el("div", { className: "details" },
      ...(good ? [] : problemLines(backup.problem).map(line => el("p", { className: "bad" }, line))),
      ...(good && failed ? problemLines(backup.drill.problem).map(line => el("p", { className: "bad" }, line)) : []),
      el("dl", {}, ...facts.flatMap(([name, ...values]) => [
        el("dt", {}, name), el("dd", {}, ...values.map(value => el("div", {}, value)))])),
      !may("MANAGER") ? null : remark(backup),
      !may("MANAGER") ? null : el("div", { className: "buttons" },
        act("verify", () => ask("verify", { backup: backup.id }), alone),
        good ? act("drill", () => ask("drill", { backup: backup.id }), alone) : null,
        good ? act("send.this", () => ask("send", { backup: backup.id })) : null,
        (good || backup.problem.code === "FilesDamaged") && may("ADMINISTRATOR")
          ? el("a", { className: "button", href: "restore.html#" + backup.id }, t(good ? "restore" : "restore.database")) : null,
        good && may("ADMINISTRATOR") ? el("a", { className: "button", download: "", "data-key": "download" + backup.id,
          href: "api/v1/archive?backup=" + encodeURIComponent(backup.id) }, t("download")) : null)));
  node.dataset.id = backup.id;
  return el("li", {}, node);
}

/** A note, and whether the backup is kept for ever. */
function remark(backup) {
  const note = el("input", { className: "plain", maxLength: 200, value: backup.note ?? "", "aria-label": t("note"),
    placeholder: t("note"), "data-key": "note" + backup.id });
  const tell = kept => { note.blur(); ask("remark", { backup: backup.id, kept, note: note.value }); };
  return el("form", { submit: event => { event.preventDefault(); tell(Boolean(backup.kept)); } },
    note,
    el("div", { className: "buttons" },
      el("button", { "data-key": "say" + backup.id }, t("note.save")),
      button(t(backup.kept ? "kept.not" : "kept"), () => tell(!backup.kept), { "data-key": "kept" + backup.id })));
}

// ---- asking --------------------------------------------------------------------------------------------------

/** Asks for something to be done; what comes of it is seen in the state, a refusal at once. */
async function ask(path, body) {
  try {
    const answer = await call(path, body);
    refused = answer.ok ? null : answer.data;
    if (state) drawNotices();
    if (refused) $("notices").scrollIntoView({ block: "nearest" });
  } catch (error) {
    away(error);
  }
  poll();
}

// ---- listening, and asking where that does not work ------------------------------------------------------------

function away(error) {
  const out = error instanceof LoggedOut;
  $("state").dataset.level = "LOADING";
  say("sign", SIGNS.LOADING);
  say("level", "");
  say("head", t(out ? "login.head" : "updating.head"));
  say("text", t(out ? "login.text" : "updating.text"));
  $("link").hidden = !out;
  drawLoss(null);
  $("work").hidden = true;
}

async function poll() {
  if (polling) return;
  polling = true;
  clearTimeout(timer);
  let pause = AWAY;
  try {
    if (!has("title")) {
      await learn();
      put("only", ...SORTS.map(one => el("option", { value: one }, t("only." + one))));
    }
    const { ok, data } = await call("state");
    if (!ok) throw new Away();
    pause = await take(data);
    listen();
  } catch (error) {
    lose(error);
  } finally {
    polling = false;
  }
  clearTimeout(timer);
  timer = setTimeout(poll, document.hidden ? SLOW : pause);
}

/** Shows what the server said; says when to ask again where nothing comes by itself. */
async function take(data) {
  if (state && state.page !== data.page) {
    location.reload();
    return SLOW;
  }
  state = data;
  at(data.now);
  if (catalogue !== data.catalogue + dayOf(data.now)) {
    const list = await call("backups?only=" + sort), strip = await call("days");
    if (!list.ok || !strip.ok) throw new Away();
    backups = list.data;
    days = strip.data;
    whole = backups.length < PART;
    catalogue = data.catalogue + dayOf(data.now);
  }
  drawState();
  drawBackups();
  drawRuns();
  drawNotices();
  drawQueue();
  drawMedia();
  drawActions();
  $("main").setAttribute("aria-busy", "false");
  if (source) return SILENCE;
  const lively = data.runs.some(run => !run.ended) || data.transfers.some(entry => entry.state === "SENDING");
  return lively ? FAST : SLOW;
}
function lose(error) {
  if (!(error instanceof Away || error instanceof LoggedOut)) console.error(error);
  deaf();
  away(error);
}

/** Server-sent events. A proxy that keeps them back is noticed by the silence; then the page asks, for a minute. */
function listen() {
  if (source || document.hidden || Date.now() < deafUntil) return;
  const own = source = new EventSource("api/v1/events");
  let heard = false;
  const fail = () => {
    if (source !== own) return;
    if (!heard) deafUntil = Date.now() + DEAF;
    deaf();
    poll();
  };
  const wait = () => {
    clearTimeout(silence);
    silence = setTimeout(fail, heard ? SILENCE : FIRST);
  };
  own.onerror = fail;
  own.onmessage = async event => {
    if (source !== own) return;
    heard = true;
    wait();
    if (polling) return;
    polling = true;
    clearTimeout(timer);
    try {
      await take(JSON.parse(event.data));
    } catch (error) {
      lose(error);
    } finally {
      polling = false;
    }
    clearTimeout(timer);
    timer = setTimeout(poll, source ? SILENCE : AWAY);
  };
  wait();
}
function deaf() {
  clearTimeout(silence);
  source?.close();
  source = null;
}

$("create").addEventListener("click", () => ask("backups", {}));
$("send").addEventListener("click", () => ask("send", {}));
$("drill").addEventListener("click", () => ask("drill", {}));
$("only").addEventListener("change", () => {
  sort = $("only").value;
  shown = 8;
  catalogue = null;
  poll();
});
$("all").addEventListener("click", async () => {
  shown += MORE;
  if (shown > backups.length && !whole) {
    try {
      const { ok, data } = await call("backups?only=" + sort + "&from=" + backups.length);
      if (ok) {
        backups = [...backups, ...data];
        whole = data.length < PART;
      }
    } catch (error) {
      away(error);
    }
  }
  drawBackups();
  drawActions();
});
document.addEventListener("visibilitychange", () => {
  // A browser has few lines to a server: a page that nobody sees holds none.
  if (document.hidden) deaf();
  poll();
});
poll();
