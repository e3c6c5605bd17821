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
      return `${likenessWords(verdict, "")} Bits differ from step ${steps} on: α of ${group}, entry ${entry}, is ${recorded} in the file and ${computed} here. Other backends round differently.`;
    }
    case "parts":
      return `${likenessWords(verdict, ", 19 times out of 20")} Number here: ${digestNumber(verdict.here)}. Bits differ by step ${verdict.bits.by}; other backends round differently.`;
    case "failed":
      return `Could not be verified: ${verdict.reason}`;
    default:
      return verdict satisfies never;
  }
}

/** `how` sure the bound is. */
function likenessWords({ most, decisions, isSameChoice, total }: Likeness, how: string): string {
  const genotype = isSameChoice ? "Same genotype" : "Another genotype";
  const within = most <= tolerance ? "within" : "beyond";
  const alpha = `α differs by at most ${formatNumber(most)}${how} (${within} the tolerance of ${tolerance})`;
  return `${genotype} after ${plural(total, "step")}; ${alpha}; first differing decision: ${placeOf(decisions)}.`;
}

function placeOf(span: Likeness["decisions"]): string {
  if (!span) return "none";
  const { after, by } = span;
  return by - after <= 1 ? `at step ${by}` : `between steps ${after + 1} and ${by}`;
}
