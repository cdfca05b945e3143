"use strict";
(() => {
  const API = "api/v1/";
  const FAST = 700, SLOW = 5000, AWAY = 1500;
  const SHOWN = 8, GOOD_NEWS_FOR = 10 * 60 * 1000;
  const SIGNS = { SAFE: "✓", OVERDUE: "!", DANGER: "✕", WORKING: "↻", LOADING: "…" };

  const $ = id => document.getElementById(id);
  let texts = {}, locale = "de-DE";
  let state = null, backups = [], catalogue = null, everything = false;
  let timer = 0, polling = false, restoring = null, wanted = null, refused = null, asked = 0;
  const dismissed = new Set(JSON.parse(sessionStorage.getItem("dismissed") || "[]"));

  // ---- words ---------------------------------------------------------------------------------------------------

  const has = key => Object.hasOwn(texts, key);
  const t = (key, ...values) =>
    (has(key) ? texts[key] : key).replace(/\{(\d)\}/g, (_, i) => values[i] ?? "").trim();
  const number = value => new Intl.NumberFormat(locale).format(value);
  const share = value => new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 0 }).format(value);
  const size = bytes => {
    const fine = bytes < 1e8 ? 1 : 0;
    return new Intl.NumberFormat(locale, { minimumFractionDigits: fine, maximumFractionDigits: fine })
      .format(bytes / 1e6) + " MB";
  };

  // The server gives the shop's local time; it is shown as it stands, whatever zone the browser is in.
  const asDate = moment => new Date(moment.local + "Z");
  function when(moment) {
    const midnight = date => Math.floor(date.getTime() / 864e5);
    const days = state ? midnight(asDate(moment)) - midnight(asDate(state.now)) : 9;
    const near = Math.abs(days) <= 1;
    const day = new Intl.DateTimeFormat(locale,
      { weekday: near ? undefined : "short", day: "2-digit", month: "2-digit", year: "numeric", timeZone: "UTC" });
    const time = new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit", timeZone: "UTC" });
    return (near ? new Intl.RelativeTimeFormat(locale, { numeric: "auto" }).format(days, "day") + ", " : "")
      + day.format(asDate(moment)) + ", " + time.format(asDate(moment));
  }
  function age(moment) {
    const minutes = Math.max(0, Math.floor((state.now.epoch - moment.epoch) / 60000));
    const words = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
    if (minutes < 1) return words.format(0, "second");
    if (minutes < 90) return words.format(-minutes, "minute");
    return minutes < 48 * 60
      ? words.format(-Math.round(minutes / 60), "hour") : words.format(-Math.floor(minutes / 1440), "day");
  }
  function place(where) {
    const key = "place." + where.destination;
    return has(key) ? t(key, where.destination, where.directory)
      : where.destination + (where.directory ? ": " + where.directory : "");
  }

  // ---- drawing -------------------------------------------------------------------------------------------------

  function el(tag, look, ...children) {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(look || {})) {
      if (name === "click" || name === "submit") node.addEventListener(name, value);
      else if (name in node) node[name] = value;
      else node.setAttribute(name, value);
    }
    node.append(...children.filter(child => child !== null && child !== undefined));
    return node;
  }
  const button = (label, click, look) => el("button", { type: "button", click, ...look }, label);
  function put(id, ...children) {
    $(id).replaceChildren(...children);
  }
  /** Says it only where it changed, so that a screen reader does not repeat itself. */
  function say(id, text) {
    if ($(id).textContent !== text) $(id).textContent = text;
  }
  /** Draws a part only where what it shows changed: a finger on a button must not lose it. */
  const drawn = new Map();
  function draw(id, shown, make) {
    const key = JSON.stringify(shown) + locale;
    if (drawn.get(id) === key) return;
    drawn.set(id, key);
    const focus = document.activeElement && $(id).contains(document.activeElement) && document.activeElement.dataset.key;
    put(id, ...make());
    if (focus) $(id).querySelector(`[data-key="${CSS.escape(focus)}"]`)?.focus();
  }

  function drawState() {
    const going = state.runs.filter(run => !run.ended);
    const working = going.find(run => run.kind !== "SEND") || going[0];
    const level = working ? "WORKING" : state.level;
    $("state").dataset.level = level;
    say("sign", SIGNS[level]);
    say("level", t("level." + level));
    const ages = [state.newestGood, state.newestOffServer].map(newest => newest ? age(newest.started) : t("fact.none"));
    ages.push(state.drills.newest?.problem?.cause);
    say("head", working ? t("run." + working.kind) + " …" : t(state.reason + ".head"));
    say("text", working ? t("run." + working.kind + ".text") : state.obstacle ? problemLines(state.obstacle).join(" ") : t(state.reason + ".text", ...ages));
    $("link").hidden = true;
    $("known").hidden = $("work").hidden = false;
    drawFact("fact-backup", "fact.backup", state.newestGood, state.backupOverdue,
      newest => t("fact.proven", when(newest.since)));
    drawFact("fact-copy", "fact.copy", state.newestOffServer, state.offServerOverdue,
      newest => newest.place ? t("fact.there", place(newest.place), when(newest.since)) : "");
    drawDrills(state.drills);
    say("next", !state.nextAutomatic ? t("next.none")
      : state.nextAutomatic.epoch <= state.now.epoch ? t("next.now") : t("next", when(state.nextAutomatic)));
  }

  function drawFact(id, title, newest, overdue, since) {
    const [look, sign, word] = !newest ? ["bad", "✕", "fact.missing"]
      : overdue ? ["late", "!", "fact.overdue"] : ["good", "✓", "fact.ok"];
    const lines = newest ? [age(newest.started), t("fact.dataOf", when(newest.started)), since(newest)] : [t("fact.none")];
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
    const busy = state.runs.find(run => !run.ended && run.kind !== "SEND");
    const sending = state.runs.find(run => !run.ended && run.kind === "SEND");
    $("create").disabled = Boolean(busy);
    $("send").disabled = Boolean(sending);
    $("drill").disabled = Boolean(busy) || !state.newestGood;
    say("drill-text", busy && busy.kind === "DRILL" ? t("running") : t("drill.text"));
    say("create-text", busy && busy.kind === "CREATE" ? t("running") : t("create.text"));
    say("send-text", sending ? t("running") : t("send.text"));
    document.querySelectorAll("[data-alone]").forEach(node => { node.disabled = Boolean(busy); });
  }

  function progressLine(progress) {
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

  function drawRuns() {
    const going = state.runs.filter(run => !run.ended);
    draw("runs", going.map(run => run.id), () => going.map(run => el("section", { className: "card run" },
      el("h2", {}, t("run." + run.kind) + " …"),
      el("div", { "data-progress": run.id }),
      button(t("cancel"), () => ask("cancel", { id: run.id }), { "data-key": run.id }))));
    going.forEach(run => move("runs", run.id, run.progress));
  }
  /** Only the progress itself is drawn anew, so that the button beside it stays under the finger. */
  function move(part, id, progress) {
    $(part).querySelector(`[data-progress="${CSS.escape(id)}"]`).replaceChildren(...(progress ? progressLine(progress) : []));
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
  const problemLines = problem => [problem.cause, problem.consequence, problem.nextStep];
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
          transfer.state === "SENDING" || transfer.state === "WAITING"
            ? button(t("queue.pause"), () => ask("pause", { id: transfer.id }), { "data-key": "pause-" + transfer.id })
            : null,
          transfer.state === "SENDING" ? null
            : button(t("queue.resume"), () => ask("resume", { id: transfer.id }), { "data-key": "resume-" + transfer.id }),
          button(t(transfer.state === "SENDING" ? "cancel" : "queue.take"),
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
    const shown = everything ? backups : backups.slice(0, SHOWN);
    const today = state.now.local.slice(0, 10);
    $("all").hidden = shown.length === backups.length;
    say("all", t("list.all", number(backups.length)));
    const open = new Set([...$("backups").querySelectorAll("details[open]")].map(node => node.dataset.id));
    draw("backups", [shown, today], () => shown.length === 0
      ? [el("li", {}, t("list.empty"))] : shown.map(backup => row(backup, open.has(backup.id))));
  }
  function row(backup, open) {
    const good = !backup.problem, failed = Boolean(backup.drill?.problem);
    const copies = backup.copies.length;
    const about = [t("kind." + backup.kind), size(backup.bytes),
      copies ? t(copies === 1 ? "copies.short" : "copies.shorts", number(copies)) : null,
      backup.drill && !failed ? t("drill.short") : null];
    const facts = [
      [t("size"), size(backup.bytes)],
      [t("rows"), number(backup.rows)],
      [t("proven"), when(backup.proven)],
      [t("drilled"), backup.drill ? when(backup.drill.at) : t("drill.never")],
      [t("copies"), ...(copies ? backup.copies.map(copy => t("copy.at", place(copy.place), when(copy.at))
        + (copy.offServer ? "" : " (" + t("copy.here") + ")")) : [t("copies.none")])],
      [t("file"), backup.id],
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
        el("div", { className: "buttons" },
          act("verify", () => ask("verify", { backup: backup.id }), alone),
          good ? act("drill", () => ask("drill", { backup: backup.id }), alone) : null,
          good ? act("send.this", () => ask("send", { backup: backup.id })) : null,
          good ? act("restore", () => confirmRestore(backup), alone) : null)));
    node.dataset.id = backup.id;
    return el("li", {}, node);
  }

  // ---- asking --------------------------------------------------------------------------------------------------

  class Away extends Error {}
  class LoggedOut extends Error {}

  async function call(path, body) {
    let response, data;
    try {
      response = await fetch(API + path, body === undefined
        ? { redirect: "manual", cache: "no-store" }
        : { method: "POST", redirect: "manual", body: JSON.stringify(body),
            headers: { "Content-Type": "application/json", "X-JoeCash": "1" } });
      if (response.type === "opaqueredirect" || response.status === 401) throw new LoggedOut();
      data = await response.json();
    } catch (error) {
      throw error instanceof LoggedOut ? error : new Away();
    }
    if (!response.ok && !data.code) throw new Away();
    return { ok: response.ok, data };
  }

  /** Asks for something to be done; what comes of it is seen by polling, a refusal at once. */
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

  async function showPlaces() {
    try {
      const { ok, data } = await call("places");
      if (!ok) return put("remote", ...problemLines(data).map(line => el("p", {}, line)));
      put("remote", ...(data.length ? [] : [el("p", {}, t("fetch.noPlace"))]));
      put("places", ...(data.length ? data.map(where => button(place(where), () => look(where))) : [showButton()]));
    } catch (error) {
      away(error);
    }
  }
  const showButton = () => button(t("fetch.places"), showPlaces);

  async function look(where) {
    const mine = ++asked;
    put("remote", el("p", {}, t("fetch.asking")));
    try {
      const { ok, data } = await call("remote", where);
      if (mine !== asked) return;
      if (!ok) {
        return put("remote", ...problemLines(data).map(line => el("p", { className: "bad" }, line)));
      }
      put("remote", el("h3", {}, place(where)), data.length === 0 ? el("p", {}, t("fetch.empty"))
        : el("ul", {}, ...data.map(found => el("li", { className: "row" },
          el("div", {}, el("strong", {}, found.started ? when(found.started) : found.id),
            ...(found.started ? [el("div", { className: "soft" }, [t("kind." + found.kind), size(found.bytes),
              t("rows") + ": " + number(found.rows)].join(" · "))] : []),
            ...(found.problem ? problemLines(found.problem).map(line => el("div", { className: "bad" }, line)) : [])),
          found.problem && found.problem.code !== "SignerUnknown" ? ""
            : found.here ? el("span", { className: "mark good" }, "✓ " + t("fetch.here"))
            : button(t("fetch.get"), () => {
              wanted = { ...where, backup: found.id };
              ask("fetch", wanted);
            }, { "data-alone": "" })))));
    } catch (error) {
      if (mine === asked) put("remote");
      away(error);
    }
  }

  /** Only where the last fetch ended for want of a key; drawn once for each, so that what is typed stays. */
  function drawKey() {
    const runs = state.runs.filter(run => run.kind === "FETCH" && run.backup === wanted?.backup);
    const last = runs.every(run => run.ended) ? runs.sort((a, b) => b.ended.epoch - a.ended.epoch)[0] : null;
    const needed = ["KeyMissing", "KeyRefused"].includes(last?.problem?.code);
    draw("key", [needed ? last.id : null], () => {
      if (!needed) return [];
      const field = el("input", { type: "password", id: "fetch-key", autocomplete: "off", spellcheck: false });
      return [el("form", { submit: event => {
        event.preventDefault();
        const key = field.value;
        field.value = "";
        if (key.trim()) ask("fetch", { ...wanted, key });
      } }, ...problemLines(last.problem).map(line => el("p", { className: "bad" }, line)),
      el("label", { for: "fetch-key" }, t("fetch.key")), field,
      el("button", { type: "submit", "data-alone": "" }, t("fetch.open")))];
    });
  }

  function confirmRestore(backup) {
    restoring = backup.id;
    say("restore-of", t("restore.of", when(backup.started)));
    $("restore-word").value = "";
    $("restore-go").disabled = true;
    $("restore").showModal();
  }
  const typed = () => $("restore-word").value.trim().toLocaleUpperCase(locale);

  // ---- polling -------------------------------------------------------------------------------------------------

  function away(error) {
    const out = error instanceof LoggedOut;
    $("state").dataset.level = "LOADING";
    say("sign", SIGNS.LOADING);
    say("level", "");
    say("head", t(out ? "login.head" : "updating.head"));
    say("text", t(out ? "login.text" : "updating.text"));
    $("link").hidden = !out;
    $("work").hidden = true;
  }

  async function poll() {
    if (polling) return;
    polling = true;
    clearTimeout(timer);
    let pause = AWAY;
    try {
      if (!has("title")) await learn();
      const { ok, data } = await call("state");
      if (!ok) throw new Away();
      if (state && state.page !== data.page && !$("restore").open) return location.reload();
      state = data;
      if (catalogue !== data.catalogue) {
        const list = await call("backups");
        if (!list.ok) throw new Away();
        backups = list.data;
        catalogue = data.catalogue;
      }
      drawState();
      drawBackups();
      drawRuns();
      drawNotices();
      drawQueue();
      drawKey();
      drawActions();
      $("main").setAttribute("aria-busy", "false");
      const lively = data.runs.some(run => !run.ended) || data.transfers.some(entry => entry.state === "SENDING");
      pause = lively ? FAST : SLOW;
    } catch (error) {
      if (!(error instanceof Away || error instanceof LoggedOut)) console.error(error);
      away(error);
    } finally {
      polling = false;
    }
    timer = setTimeout(poll, document.hidden ? SLOW : pause);
  }

  async function learn() {
    const { data } = await call("texts");
    texts = data.texts;
    locale = data.locale;
    document.documentElement.lang = locale;
    document.title = t("title");
    document.querySelectorAll("[data-t]").forEach(node => { node.textContent = t(node.dataset.t); });
  }

  $("create").addEventListener("click", () => ask("backups", {}));
  $("send").addEventListener("click", () => ask("send", {}));
  $("drill").addEventListener("click", () => ask("drill", {}));
  $("all").addEventListener("click", () => { everything = true; drawBackups(); drawActions(); });
  $("show-places").addEventListener("click", showPlaces);
  $("restore-keep").addEventListener("click", () => $("restore").close());
  $("restore-word").addEventListener("input", () => { $("restore-go").disabled = typed() !== t("restore.word"); });
  $("restore-form").addEventListener("submit", event => {
    event.preventDefault();
    if (typed() !== t("restore.word")) return;
    $("restore").close();
    ask("restore", { backup: restoring, confirm: typed() });
  });
  document.addEventListener("visibilitychange", () => { if (!document.hidden) poll(); });
  poll();
})();
