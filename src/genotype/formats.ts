/** @file One way in and one way out: texts of every known format ↔ the protocol's genotype. */
import type { Genotype } from "../protocol/spec.ts";
import { printDarts, printNested, readDarts } from "./darts.ts";
import { printJson, readJson } from "./json.ts";
import { printNasBench201, printSizes, readNasBench201, readSizes } from "./strings.ts";
import { Reader } from "./tokenizer.ts";

export { GenotypeError } from "./tokenizer.ts";

export type FormatId = "darts" | "nested" | "nb201" | "size" | "json";
/** A way to print a genotype. */
export interface GenotypeFormat {
  readonly id: FormatId;
  readonly label: string;
  /** Undefined where the format cannot hold this genotype. */
  print(genotype: Pick<Genotype, "space" | "groups">): string | undefined;
}

/** The first that can hold a genotype is its space's own. */
export const genotypeFormats: readonly GenotypeFormat[] = [
  { id: "darts", label: "DARTS", print: printDarts },
  { id: "nested", label: "Nested", print: printNested },
  { id: "size", label: "Sizes", print: printSizes },
  { id: "nb201", label: "NAS-Bench-201", print: printNasBench201 },
  { id: "json", label: "JSON", print: printJson },
];

/**
 * Reads `Genotype(…)` (DARTS, flat or nested, convolutional or recurrent), NAS-Bench-201 strings, NATS-Bench sizes and
 * this project's JSON, telling them apart by their first character. Whether a space knows the operations is for the
 * space to say. Throws `GenotypeError` with line, column and what was expected.
 */
export function parseGenotype(text: string): Genotype {
  const reader = new Reader(text);
  const { kind, text: first } = reader.peek();
  const read =
    first === "{" && kind === "mark"
      ? readJson
      : first === "|" && kind === "mark"
        ? readNasBench201
        : kind === "number"
          ? readSizes
          : readDarts;
  const genotype = read(reader);
  return { ...genotype, text: printGenotype(genotype) };
}

/** In the given format, or in the space's own. Throws `RangeError` if the format cannot hold this genotype. */
export function printGenotype(
  genotype: Pick<Genotype, "space" | "groups">,
  format?: FormatId,
): string {
  for (const { id, print } of genotypeFormats) {
    if (format !== undefined && id !== format) continue;
    const text = print(genotype);
    if (text !== undefined) return text;
  }
  throw new RangeError(
    `a genotype of "${genotype.space}" cannot be printed as ${format ?? "text"}; there are ${formatsOf(genotype).join(", ")}`,
  );
}

/** The formats that can hold a genotype. */
export const formatsOf = (genotype: Pick<Genotype, "space" | "groups">): readonly FormatId[] =>
  genotypeFormats.filter(({ print }) => print(genotype) !== undefined).map(({ id }) => id);
