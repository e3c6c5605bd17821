/** @file The text of a genotype as a person gives it to a lane: read, or told what is wrong with it and where. */
import { GenotypeError, parseGenotype } from "../../genotype/formats.ts";

/** Longer ones are refused: more than any cell of this page needs, and a link must hold them. */
const longest = 4000;

/** Why a text cannot be trained, as a clause with line and column; undefined for one that can be read. */
export function faultOf(text: string): string | undefined {
  if (text.length > longest) return `it has ${text.length} characters; at most ${longest} are read`;
  try {
    parseGenotype(text);
    return undefined;
  } catch (error) {
    if (error instanceof GenotypeError) return error.message;
    throw error;
  }
}

/** What something from outside asks a lane to train; anything else than a readable text is left out and told. */
export function genotypeFrom(
  given: unknown,
  where: string,
  say: (repair: string) => void,
): { readonly genotype?: string } {
  if (given === undefined) return {};
  const fault = typeof given === "string" ? faultOf(given) : "it is no text";
  if (typeof given === "string" && fault === undefined) return { genotype: given };
  say(`${where}genotype is left out: ${fault}.`);
  return {};
}
