/** @file What verifying found, in sentences. */
import { formatNumber, plural } from "../parts/format.ts";
import { type Likeness, tolerance, type Verdict } from "../state/verify.ts";
import { digestNumber } from "../viz/digest.ts";

/** "Same genotype; α differs by at most 0.0003 …; first differing decision: none." and why, or that all is the same. */
export function verdictWords(verdict: Verdict): string {
  switch (verdict.kind) {
    case "running": {
      const { done, total, differs } = verdict;
      return differs === undefined
        ? `Step ${done} of ${total} is the same so far.`
        : `Step ${done} of ${total}; bits differ from step ${differs} on.`;
    }
    case "identical":
      return verdict.rounding
        ? `The same through ${plural(verdict.steps, "step")}, as far as α was recorded: to 1/${Math.round(1 / verdict.rounding)}.`
        : `Identical through ${plural(verdict.steps, "step")}.`;
    case "differs": {
      const { steps, group, entry, recorded, computed } = verdict;
      return `${likenessWords(verdict)} Bits differ from step ${steps} on: α of ${group}, entry ${entry}, is ${recorded} in the file and ${computed} here. ${rounding}`;
    }
    case "parts":
      return `${likenessWords(verdict)} Number here: ${digestNumber(verdict.here)}. Bits differ by step ${verdict.bits.by}. ${rounding}`;
    case "failed":
      return `Could not be verified: ${verdict.reason}`;
    default:
      return verdict satisfies never;
  }
}

/** Why the same settings may come to something else. */
const rounding = "Other backends round differently, and that grows from step to step.";

function likenessWords({ most, typical, decisions, isSameChoice, total }: Likeness): string {
  const genotype = isSameChoice ? "Same genotype" : "Another genotype";
  const within = most <= tolerance ? "within" : "beyond";
  const far =
    typical === undefined
      ? `by at most ${formatNumber(most)}`
      : `by about ${formatNumber(typical)} an entry, and by at most ${formatNumber(most)}, 19 times out of 20`;
  return `${genotype} after ${plural(total, "step")}; α differs ${far} (${within} the tolerance of ${tolerance}); first differing decision: ${placeOf(decisions)}.`;
}

function placeOf(span: Likeness["decisions"]): string {
  if (!span) return "none";
  const { after, by } = span;
  return by - after <= 1 ? `at step ${by}` : `between steps ${after + 1} and ${by}`;
}
