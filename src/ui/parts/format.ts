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

/** A whole number with its thousands marked. */
export const formatCount = (value: number): string => thousands.format(value);

/** "1 step", "2 steps". */
export const plural = (count: number, noun: string): string =>
  `${formatCount(count)} ${noun}${count === 1 ? "" : "s"}`;
