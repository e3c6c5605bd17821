/**
 * @file `Genotype(normal=[('sep_conv_3x3', 1), …], normal_concat=range(2, 6), …)` as DARTS's code and its descendants print
 * it, flat or nested by node; and the recurrent `Genotype(recurrent=[('relu', 0), …], concat=range(1, 9))`.
 */
import type { Genotype, GenotypeEdge } from "../protocol/spec.ts";
import { mostNodes, operation, wholeFrom } from "./checks.ts";
import { type Literal, readLiteral } from "./literals.ts";
import type { Reader, Token } from "./tokenizer.ts";

/** One cell as it is printed: the edges in order, and which nodes its output joins. */
export interface PrintedCell {
  readonly name: string;
  readonly edges: readonly GenotypeEdge[];
  /** The first computed node. */
  readonly inputs: number;
  /** Inputs and computed nodes together. */
  readonly nodes: number;
}

/** The official code's name for the nodes that are joined: `normal_concat`, but plain `concat` for the recurrent cell. */
const concatOf = (name: string): string => (name === "recurrent" ? "concat" : `${name}_concat`);

/** Flat: per cell `name=[('op', predecessor), …]`, then the nodes that are joined. Nested: one list a node. */
export function printCells(cells: readonly PrintedCell[], nested = false): string {
  const pair = ({ op, from }: GenotypeEdge) => `('${op}', ${from})`;
  const parts = cells.flatMap(({ name, edges, inputs, nodes }) => {
    const lists = Array.from({ length: nodes - inputs }, (_, i) => {
      const node = edges.filter(({ to }) => to === inputs + i);
      return `[${node.map(pair).join(", ")}]`;
    });
    const list = nested ? lists.join(", ") : edges.map(pair).join(", ");
    return [`${name}=[${list}]`, `${concatOf(name)}=range(${inputs}, ${nodes})`];
  });
  return `Genotype(${parts.join(", ")})`;
}

/** The form of each space: how many inputs a cell has, and how many predecessors a node of a flat list keeps. */
const forms = {
  "darts-conv": { cells: ["normal", "reduce"], inputs: 2, kept: 2 },
  recurrent: { cells: ["recurrent"], inputs: 1, kept: 1 },
} as const;
type SpaceId = keyof typeof forms;

type Cell = Pick<Genotype, "space" | "groups">;

/** Undefined for other spaces, and where a node does not have the pairs that a flat list gives it by place. */
export function printDarts(genotype: Cell): string | undefined {
  const cells = cellsOf(genotype);
  if (!cells || !isSpace(genotype.space)) return undefined;
  const { inputs, kept } = forms[genotype.space];
  const isFlat = cells.every(
    ({ edges, nodes }) =>
      edges.length === kept * (nodes - inputs) &&
      edges.every(({ to }, i) => to === inputs + Math.floor(i / kept)),
  );
  return isFlat ? printCells(cells) : undefined;
}
/** Undefined for other spaces. */
export function printNested(genotype: Cell): string | undefined {
  const cells = cellsOf(genotype);
  return cells && printCells(cells, true);
}

/** Undefined unless the genotype has just the cells of its space and something leads into every node. */
function cellsOf({ space, groups }: Cell): readonly PrintedCell[] | undefined {
  if (!isSpace(space)) return undefined;
  const { cells, inputs } = forms[space];
  const printed = cells.map((name): PrintedCell => {
    const edges = groups[name] ?? [];
    return { name, edges, inputs, nodes: Math.max(inputs, ...edges.map(({ to }) => to + 1)) };
  });
  const isWhole = printed.every(
    ({ edges, nodes }) =>
      nodes > inputs && new Set(edges.map(({ to }) => to)).size === nodes - inputs,
  );
  return isWhole && Object.keys(groups).length === cells.length ? printed : undefined;
}
const isSpace = (space: string): space is SpaceId => Object.hasOwn(forms, space);

/** `Genotype(…)` or `DARTSGenotype(…)`, after `NAME =` if it was copied from a program. Throws `GenotypeError`. */
export function readDarts(reader: Reader): Cell {
  if (reader.peek(1).text === "=") {
    reader.take("name", "a name");
    reader.mark("=");
  }
  const call = reader.take("name", "Genotype(…)");
  if (!/^(?:DARTS)?Genotype$/.test(call.text)) reader.fail("Genotype(…)", call);
  reader.mark("(");
  const values = readArguments(reader);
  reader.take("end", "the end of the text");
  const space: SpaceId = values.has("recurrent") ? "recurrent" : "darts-conv";
  const { cells, inputs, kept } = forms[space];
  const known = cells.flatMap((name) => [name, concatOf(name)]);
  for (const [name, { key }] of values)
    if (!known.includes(name)) reader.fail(`one of ${known.join(", ")}`, key);
  const groups = cells.map((name) => {
    const given = values.get(name);
    if (!given) return reader.fail(`${name}=[…]`, call);
    const edges = readCell(reader, given.value, inputs, kept);
    const nodes = Math.max(...edges.map(({ to }) => to)) + 1;
    checkConcat(reader, values.get(concatOf(name))?.value, inputs, nodes);
    return [name, edges] as const;
  });
  return { space, groups: Object.fromEntries(groups) };
}

interface Argument {
  readonly key: Token;
  readonly value: Literal;
}
/** `name=value, …)`, the closing bracket with it. */
function readArguments(reader: Reader): ReadonlyMap<string, Argument> {
  const values = new Map<string, Argument>();
  while (!reader.skip(")")) {
    const key = reader.take("name", "a cell's name");
    if (values.has(key.text)) reader.fail("every cell once", key);
    reader.mark("=");
    values.set(key.text, { key, value: readLiteral(reader) });
    if (!reader.skip(",")) {
      reader.mark(")");
      break;
    }
  }
  return values;
}

/** In a flat list every node has `kept` pairs; a nested list says itself which pairs are whose. */
function readCell(
  reader: Reader,
  list: Literal,
  inputs: number,
  kept: number,
): readonly GenotypeEdge[] {
  const pairs = "('operation', predecessor)";
  if (list.kind !== "list" || list.items.length === 0)
    return reader.fail(`a list of ${pairs}`, list.at);
  const isNested = list.items.every(
    (node) => node.kind === "list" && node.items.every((item) => item.kind === "list"),
  );
  if (!isNested && list.items.length % kept !== 0)
    reader.fail(`${kept} ${pairs} a node, so ${list.items.length} cannot be right`, list.at);
  const nodes = isNested
    ? list.items.map((node) => (node.kind === "list" ? node.items : []))
    : Array.from({ length: list.items.length / kept }, (_, i) =>
        list.items.slice(kept * i, kept * (i + 1)),
      );
  if (nodes.length > mostNodes) reader.fail(`at most ${mostNodes} nodes`, list.at);
  return nodes.flatMap((node, i) => {
    if (node.length === 0) reader.fail(`${pairs} for every node`, list.items[i]?.at);
    return node.map((pair): GenotypeEdge => {
      if (pair.kind !== "list" || pair.items.length !== 2) return reader.fail(pairs, pair.at);
      const [op, from] = pair.items;
      const to = inputs + i;
      return {
        from: wholeFrom(reader, from, [0, to - 1], `a predecessor of node ${to}`, pair.at),
        to,
        op: operation(reader, op, pair.at),
      };
    });
  });
}

/** Throws `GenotypeError` unless all computed nodes are joined, as in every network of these spaces. */
function checkConcat(
  reader: Reader,
  concat: Literal | undefined,
  inputs: number,
  nodes: number,
): void {
  if (!concat) return;
  const right =
    (concat.kind === "range" && concat.first === inputs && concat.end === nodes) ||
    (concat.kind === "list" &&
      concat.items.length === nodes - inputs &&
      concat.items.every((item, i) => item.kind === "number" && item.value === inputs + i));
  if (!right) reader.fail(`range(${inputs}, ${nodes}), all computed nodes`, concat.at);
}
