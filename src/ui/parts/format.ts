/** @file Numbers as people read them, with their units. */

/** Three significant digits, without a trailing zero or an exponent a classroom could not read. */
export function formatNumber(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  if (value === 0) return "0";
  const size = Math.abs(value);
  if (size >= 1000) return formatCount(Math.round(value));
  return threeDigits.format(Number(value.toPrecision(3)));
}
// Made once: to make one takes longer than to use it a thousand times.
const threeDigits = new Intl.NumberFormat("en", { maximumSignificantDigits: 3 });
const thousands = new Intl.NumberFormat("en");

/** So many digits after the point; from a million on, as 7.16e33: what diverges must not break a row. */
export const formatFixed = (value: number, digits: number): string =>
  (Math.abs(value) < 1e6 ? value.toFixed(digits) : value.toExponential(2).replace("+", "")).replace(
    "-",
    "−",
  );

/** A whole number with its thousands marked. */
export const formatCount = (value: number): string => thousands.format(value);

/** About how long, as people say it: "8 s", "4 min", "1 h 20 min". */
export function formatDuration(ms: number): string {
  const seconds = Math.max(1, Math.round(ms / 1000));
  if (seconds < 90) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 90) return `${minutes} min`;
  const [hours, left] = [Math.floor(minutes / 60), minutes % 60];
  return left === 0 ? `${hours} h` : `${hours} h ${left} min`;
}

/** "1 step", "2 steps". */
export const plural = (count: number, noun: string): string =>
  `${formatCount(count)} ${noun}${count === 1 ? "" : "s"}`;
