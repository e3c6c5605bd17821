/** @file How a network did, as a line of text or JSON. */
import type { EvaluatedOn, Evaluation } from "../engine/index.ts";
import { bitsPerCharacter } from "./samples.ts";

interface Judged {
  readonly on: EvaluatedOn;
  /** "supernet" or "network". */
  readonly what: string;
  readonly isText: boolean;
}

/** "network on 1984 test images: accuracy 31.45 %, loss 1.8123". */
export function verdictLine(
  found: Evaluation,
  { on, what, isText }: Judged,
  json: boolean,
): string {
  const { loss, accuracy, examples } = found;
  if (json) return JSON.stringify({ evaluation: { on, loss, accuracy, examples } });
  const half = on === "test" ? "test" : "validation";
  const bits = isText ? `, ${bitsPerCharacter(loss)}` : "";
  return `${what} on ${examples} ${half} ${isText ? "characters" : "images"}: accuracy ${(100 * accuracy).toFixed(2)} %, loss ${loss.toFixed(4)}${bits}`;
}
