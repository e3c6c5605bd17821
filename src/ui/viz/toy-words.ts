/** @file What a lane's end on the toy means, in a plain sentence, and the setting that would mend it. */
import type { ToyEnd } from "./toy-end.ts";
import type { ToyRules } from "./toy-step.ts";

/** A sentence, and a setting of the method to try, if one is worth a click. */
export interface ToyWords {
  readonly text: string;
  readonly advice?: { readonly label: string; readonly name: string; readonly value: number };
}

/** A pair stays on one line. */
const optimum = "(1,\u00a01)";
const pair = (alpha: number, w: number) => `(${short(alpha)},\u00a0${short(w)})`;
const short = (v: number) => Number(v.toFixed(3)).toString().replace("-", "−");

/** True for the end at the settings given; the reasons are those of the derivation, not of what was observed. */
export function toyWords(rules: ToyRules, end: ToyEnd): ToyWords {
  if (end.kind === "none") return noEnd(rules, end.reason);
  if (end.radius >= 1)
    return {
      text: `Diverges: each step lands farther off, by a factor of ${end.radius.toPrecision(4)} in the long run. The ring at α = ${short(end.alpha)} is not reached; move the step sizes out of the shaded region.`,
    };
  const words = methodWords(rules, end.alpha, end.w);
  const decays = [rules.optimizers.weights, rules.optimizers.alpha].some((o) => o.decay > 0);
  return decays
    ? {
        text: `Weight decay pulls α and w towards 0, which moves the end to ${pair(end.alpha, end.w)}.`,
      }
    : words;
}

function noEnd({ method }: ToyRules, reason: string): ToyWords {
  const text = reason.includes("saddle")
    ? "No end: 4λβ ≤ 2λ + β, so the relaxed loss has a saddle and no lowest point. It runs away at every step size; raise λ or β."
    : `No ring: ${reason}.`;
  return method === "rarts" && reason.includes("saddle")
    ? { text, advice: { label: "Set λ to 10", name: "lambda", value: 10 } }
    : { text };
}

function methodWords({ method, hyper, optimizers }: ToyRules, alpha: number, w: number): ToyWords {
  const where = pair(alpha, w);
  if (method === "milenas")
    return {
      text: `Ends at ${where}, where first-order DARTS does: on the line w = α its training gradient is zero and adds nothing.`,
    };
  if (method === "rarts") return rartsWords(hyper, alpha, where);
  const xi = hyper["tied"] ? optimizers.weights.lr : (hyper["xi"] ?? 0);
  const exact = { label: "Set ξ to ½, the exact look-ahead", name: "xi", value: 0.5 };
  const advice = hyper["tied"] ? {} : { advice: exact };
  if (xi === 0)
    return {
      text: `First order: α moves as if w stood still, though w will follow it. So it stops at ${where}, not at the optimum ${optimum}.`,
      ...advice,
    };
  if (Math.abs(xi - 0.5) < 1e-9)
    return {
      text: `Second order, exact: L_train has curvature 2, so one look-ahead of ½ is all of w’s answer. It ends on the optimum ${optimum}.`,
    };
  return xi < 0.5
    ? {
        text: `Second order with ξ = ${short(xi)}: α sees only part of w’s answer, and stops at ${where}, short of the optimum.`,
        ...advice,
      }
    : {
        text: `Second order with ξ = ${short(xi)}: α looks too far, expects more of w than w will do, and ends at ${where}, past the optimum.`,
        ...advice,
      };
}

function rartsWords(
  { lambda = 1, beta = 1 }: ToyRules["hyper"],
  alpha: number,
  where: string,
): ToyWords {
  return alpha > 2
    ? {
        text: `As reconstructed: no second derivative, but so weak a λ and β mislead it: it ends at ${where}, farther off than first-order DARTS. Raise both.`,
        advice: { label: "Set λ to 10", name: "lambda", value: 10 },
      }
    : {
        text: `As reconstructed: no second derivative; w and y, held by a spring, answer α by themselves. It ends at ${where}: α misses 1 by about 1/(4λ) + 1/(2β). Stronger λ and β need smaller steps.`,
        ...(Math.abs(beta - 2 * lambda) > 1e-9 && {
          advice: { label: "Set β to 2λ, so that w ends at 1", name: "beta", value: 2 * lambda },
        }),
      };
}
