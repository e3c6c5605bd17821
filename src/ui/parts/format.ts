/** @file Numbers as people read them, with their units. */

/** Three significant digits, without a trailing zero or an exponent a classroom could not read. */
export function formatNumber(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  if (value === 0) return "0";
  const size = Math.abs(value);
  if (size >= 1000) return formatCount(Math.round(value));
  return Number(value.toPrecision(3)).toLocaleString("en", { maximumSignificantDigits: 3 });
}

/** A whole number with its thousands marked. */
export const formatCount = (value: number): string => value.toLocaleString("en");

/** "1 step", "2 steps". */
export const plural = (count: number, noun: string): string =>
  `${formatCount(count)} ${noun}${count === 1 ? "" : "s"}`;
