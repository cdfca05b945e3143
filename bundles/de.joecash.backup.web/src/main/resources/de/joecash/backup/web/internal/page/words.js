/* What is said: the words of one language, numbers, times and sizes as it writes them. */

let texts = {}, now = null;
export let locale = "de-DE", role = "CASHIER";
const ROLES = ["CASHIER", "MANAGER", "ADMINISTRATOR"];

export const has = key => Object.hasOwn(texts, key);
export const t = (key, ...values) => fill(has(key) ? texts[key] : key, ...values);
export const fill = (text, ...values) => text.replace(/\{(\d)\}/g, (_, i) => values[i] ?? "").trim();
export const number = value => new Intl.NumberFormat(locale).format(value);
/** "87 receipts, 1.234,50 € in all", in the words of a key; the turnover only where it was told. */
export function sold(key, { receipts, turnover, currency }) {
  const sum = turnover === undefined ? "" : t("sold.sum",
    new Intl.NumberFormat(locale, { style: "currency", currency }).format(turnover));
  return t(key + (receipts ? receipts === 1 ? ".one" : "" : ".none"), number(receipts), receipts ? sum : "");
}
export const share = value =>
  new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 0 }).format(value);
/** "07:00 und 21:00". */
export const listed = parts => new Intl.ListFormat(locale, { type: "conjunction" }).format(parts);
export const upper = text => text.trim().toLocaleUpperCase(locale);
export function size(bytes) {
  const [unit, name] = bytes < 1e10 ? [1e6, " MB"] : [1e9, " GB"];
  const fine = bytes / unit < 100 ? 1 : 0;
  return new Intl.NumberFormat(locale, { minimumFractionDigits: fine, maximumFractionDigits: fine })
    .format(bytes / unit) + name;
}
export const speed = bytes => bytes < 1e5 ? number(Math.round(bytes / 1e3)) + " kB" : size(bytes);
/** "about 3 minutes left". */
export function left(seconds) {
  const [value, unit] = seconds < 5400 ? [Math.ceil(seconds / 60), "minute"] : [Math.round(seconds / 3600), "hour"];
  return t(seconds < 60 ? "left.soon" : "left",
    new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay: "long" }).format(value));
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

/** Takes the words, how their language writes, and what the reader may do. */
export function know(told) {
  ({ texts, locale, role } = told);
}
