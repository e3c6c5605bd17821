/** @file Between a number in its range and a slider's position, and what a typed number may be. */
import type { HyperField } from "../../protocol/spec.ts";

type Range = Pick<HyperField, "min" | "max" | "scale">;
/** Positions run from 0 to this. */
export const positions = 1000;

/** Where the slider's thumb stands for a value; a value out of range is at its nearest end. */
export function positionOf({ min, max, scale }: Range, value: number): number {
  const share =
    scale === "log" ? Math.log(value / min) / Math.log(max / min) : (value - min) / (max - min);
  return Math.round(Math.min(1, Math.max(0, share)) * positions);
}

/** The value at a position, rounded to what a person would type; the ends are exact. */
export function valueAt(range: Range, position: number): number {
  const { min, max, scale } = range;
  if (position <= 0) return min;
  if (position >= positions) return max;
  const share = position / positions;
  if (scale === "log") return clamp(range, Number((min * (max / min) ** share).toPrecision(2)));
  const value = min + (max - min) * share;
  if (scale === "integer" || scale === "switch") return Math.round(value);
  const digits = Math.max(0, 3 - Math.floor(Math.log10(max - min)));
  return clamp(range, Number(value.toFixed(digits)));
}

const clamp = ({ min, max }: Range, value: number): number => Math.min(max, Math.max(min, value));

/** What a typed text comes to, and what there is to say about it. */
export interface Typed {
  /** Absent if the text is no number. */
  readonly value?: number;
  /** Names the allowed range; absent if the text was taken as it is. */
  readonly note?: string;
}

/**
 * Reads a typed number; one out of range becomes the nearest allowed one, and says so. A comma may mark decimals, and a minus
 * be the sign that the page itself prints.
 */
export function readTyped(range: Range, text: string): Typed {
  const { min, max, scale } = range;
  const given = Number(text.trim().replace(",", ".").replace("−", "-"));
  const allowed = `${formatLimit(min)} to ${formatLimit(max)}`;
  if (text.trim() === "" || !Number.isFinite(given))
    return { note: `“${text.trim()}” is not a number. Allowed: ${allowed}.` };
  const whole = scale === "integer" ? Math.round(given) : given;
  const value = clamp(range, whole);
  if (value === given) return { value };
  const why = value === whole ? "is not a whole number" : `is outside ${allowed}`;
  return { value, note: `${text.trim()} ${why}: set to ${formatLimit(value)}.` };
}

/** Limits keep all their digits: a rounded limit would be refused. */
const formatLimit = (value: number): string =>
  value !== 0 && Math.abs(value) < 1e-4
    ? String(value)
    : value.toLocaleString("en", { maximumFractionDigits: 6 });
/** A value as its field shows it: a whole number with all its digits, another with what single precision tells apart. */
export const formatValue = (value: number): string =>
  String(Number.isInteger(value) ? value : Number(value.toPrecision(7)));
