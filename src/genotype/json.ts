/** @file This project's own form: `{"space": "darts-conv", "groups": {"normal": [{"from": 0, "to": 2, "op": "…"}, …]}}`. */
import type { Genotype, GenotypeEdge } from "../protocol/spec.ts";
import { mostNodes, operation, wholeFrom } from "./checks.ts";
import { type Literal, readLiteral } from "./literals.ts";
import type { Reader } from "./tokenizer.ts";

type Cell = Pick<Genotype, "space" | "groups">;

/** `groups` alone may differ in order; what else the object holds is passed over. Throws `GenotypeError`. */
export function readJson(reader: Reader): Cell {
  const whole = readLiteral(reader);
  reader.take("end", "the end of the text");
  const entries = entriesOf(reader, whole, '{"space": …, "groups": …}');
  const space = entries.get("space");
  if (space?.kind !== "string")
    return reader.fail('"space" with a name in quotes', space?.at ?? whole.at);
  const groups = entries.get("groups");
  if (!groups) return reader.fail('"groups"', whole.at);
  const read = [...entriesOf(reader, groups, "an object of groups")].map(([name, list]) => {
    if (list.kind !== "list") return reader.fail("a list of edges", list.at);
    return [name, list.items.map((edge) => readEdge(reader, edge))] as const;
  });
  return { space: space.text, groups: Object.fromEntries(read) };
}

function entriesOf(reader: Reader, literal: Literal, expected: string) {
  return literal.kind === "object" ? literal.entries : reader.fail(expected, literal.at);
}

function readEdge(reader: Reader, literal: Literal): GenotypeEdge {
  const entries = entriesOf(reader, literal, '{"from": …, "to": …, "op": …}');
  const { at } = literal;
  const to = wholeFrom(reader, entries.get("to"), [1, mostNodes], '"to"', at);
  const from = wholeFrom(reader, entries.get("from"), [0, to - 1], '"from"', at);
  return { from, to, op: operation(reader, entries.get("op"), at) };
}

export const printJson = ({ space, groups }: Cell): string => JSON.stringify({ space, groups });
