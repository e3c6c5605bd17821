/** @file What is checked of names and numbers in every format. */
import type { Literal } from "./literals.ts";
import type { Reader, Token } from "./tokenizer.ts";

/** A cell has at most so many nodes, a network at most so many layers. */
export const mostNodes = 512;

/** An operation's name: what every format can print without quoting rules. Throws `GenotypeError`. */
export function operation(reader: Reader, literal: Literal | undefined, at: Token): string {
  if (literal?.kind !== "string" || !/^[\w-]{1,64}$/.test(literal.text))
    return reader.fail("an operation's name in quotes", literal?.at ?? at);
  return literal.text;
}

/** A whole number from `min` to `max`. Throws `GenotypeError` saying that it stands for `what`. */
export function wholeFrom(
  reader: Reader,
  literal: Literal | undefined,
  [min, max]: readonly [min: number, max: number],
  what: string,
  at: Token,
): number {
  if (literal?.kind !== "number" || !Number.isInteger(literal.value))
    return reader.fail(`${what}: a whole number from ${min} to ${max}`, literal?.at ?? at);
  if (literal.value < min || literal.value > max)
    return reader.fail(`${what}: a whole number from ${min} to ${max}`, literal.at);
  return literal.value;
}
