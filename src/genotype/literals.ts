/** @file Lists, tuples, ranges, strings and numbers as Python and JSON print them, with the place of each. */
import type { Reader, Token } from "./tokenizer.ts";

/** `at` is the value's first token. */
export type Literal = { readonly at: Token } & (
  | { readonly kind: "list"; readonly items: readonly Literal[] }
  | { readonly kind: "object"; readonly entries: ReadonlyMap<string, Literal> }
  /** From `first` up to but without `end`. */
  | { readonly kind: "range"; readonly first: number; readonly end: number }
  | { readonly kind: "string"; readonly text: string }
  | { readonly kind: "number"; readonly value: number }
  /** true, false, null: no genotype holds them, but JSON around it may. */
  | { readonly kind: "constant" }
);

/** Genotypes nest four deep; what nests deeper is not worth a full stack. */
const deepest = 16;
const constants = new Set(["true", "false", "null", "True", "False", "None"]);

/** Throws `GenotypeError`. */
export function readLiteral(reader: Reader, depth = 0): Literal {
  const at = reader.peek();
  if (depth > deepest) reader.fail(`no more than ${deepest} lists within one another`);
  if (at.kind === "string") return { kind: "string", at, text: take(reader).text };
  if (at.kind === "number") return { kind: "number", at, value: Number(take(reader).text) };
  if (at.kind === "name" && at.text === "range") return readRange(reader);
  if (at.kind === "name" && constants.has(at.text)) {
    take(reader);
    return { kind: "constant", at };
  }
  if (reader.skip("[")) return { kind: "list", at, items: readItems(reader, "]", depth) };
  if (reader.skip("(")) return { kind: "list", at, items: readItems(reader, ")", depth) };
  if (reader.skip("{")) return { kind: "object", at, entries: readEntries(reader, depth) };
  return reader.fail("a list, a range(…), a string or a number");
}

const take = (reader: Reader): Token => reader.take(reader.peek().kind, "a value");

/** After the opening bracket, up to and with the closing one; a comma may end the list. */
function readItems(reader: Reader, close: string, depth: number): readonly Literal[] {
  const items: Literal[] = [];
  while (!reader.skip(close)) {
    items.push(readLiteral(reader, depth + 1));
    if (!reader.skip(",")) {
      if (!reader.skip(close)) reader.fail(`"," or "${close}"`);
      break;
    }
  }
  return items;
}

function readEntries(reader: Reader, depth: number): ReadonlyMap<string, Literal> {
  const entries = new Map<string, Literal>();
  while (!reader.skip("}")) {
    const key = reader.take("string", 'a key in quotes, as "groups"');
    if (entries.has(key.text)) reader.fail("every key once", key);
    reader.mark(":");
    entries.set(key.text, readLiteral(reader, depth + 1));
    if (!reader.skip(",")) {
      if (!reader.skip("}")) reader.fail('"," or "}"');
      break;
    }
  }
  return entries;
}

/** `range(6)` or `range(2, 6)`. */
function readRange(reader: Reader): Literal {
  const at = reader.take("name", "range");
  reader.mark("(");
  const first = whole(reader);
  const end = reader.skip(",") ? whole(reader) : undefined;
  reader.mark(")");
  return end === undefined
    ? { kind: "range", at, first: 0, end: first }
    : { kind: "range", at, first, end };
}

/** Throws `GenotypeError` unless a whole number that is not negative stands next. */
function whole(reader: Reader): number {
  const token = reader.take("number", "a whole number");
  if (!/^\d{1,6}$/.test(token.text)) reader.fail("a whole number", token);
  return Number(token.text);
}
