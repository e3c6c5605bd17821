/** @file The one-line forms of NAS-Bench-201 (`|skip_connect~0|+|none~0|nor_conv_3x3~1|`) and of NATS-Bench sizes (`8:16:32`). */
import type { Genotype, GenotypeEdge } from "../protocol/spec.ts";
import { mostNodes, wholeFrom } from "./checks.ts";
import { readLiteral } from "./literals.ts";
import type { Reader } from "./tokenizer.ts";

type Cell = Pick<Genotype, "space" | "groups">;

/** Node after node all its edges, each from the predecessor of its place. Throws `GenotypeError`. */
export function readNasBench201(reader: Reader): Cell {
  const edges: GenotypeEdge[] = [];
  let to = 1;
  do {
    reader.mark("|");
    for (let from = 0; from < to; from++) {
      const { text: op } = reader.take("name", "an operation's name");
      reader.mark("~");
      wholeFrom(reader, readLiteral(reader), [from, from], "the predecessor", reader.peek());
      reader.mark("|");
      edges.push({ from, to, op });
    }
    to += 1;
    if (to > mostNodes) reader.fail(`at most ${mostNodes} nodes`);
  } while (reader.skip("+"));
  reader.take("end", '"+" or the end of the text');
  return { space: "nb201", groups: { cell: edges } };
}

/** Undefined unless there is one group that has an edge between any two nodes, and its operations are names. */
export function printNasBench201({ groups }: Cell): string | undefined {
  const [edges, ...others] = Object.values(groups);
  if (!edges || edges.length === 0 || others.length > 0) return undefined;
  if (!edges.every(({ op }) => /^[A-Za-z_]/.test(op))) return undefined;
  const nodes = Math.max(...edges.map(({ to }) => to));
  const at = new Map(edges.map((edge) => [`${edge.from}>${edge.to}`, edge.op]));
  if (at.size !== edges.length || edges.length !== (nodes * (nodes + 1)) / 2) return undefined;
  const parts = Array.from({ length: nodes }, (_, i) => {
    const into = Array.from({ length: i + 1 }, (_, from) => [at.get(`${from}>${i + 1}`), from]);
    return `|${into.map(([op, from]) => `${op}~${from}`).join("|")}|`;
  });
  return parts.join("+");
}

/** Channels of one layer after the other; layer i leads from node i to node i + 1. Throws `GenotypeError`. */
export function readSizes(reader: Reader): Cell {
  const edges: GenotypeEdge[] = [];
  do {
    const at = reader.peek();
    const width = wholeFrom(reader, readLiteral(reader), [1, 65_536], "channels", at);
    edges.push({ from: edges.length, to: edges.length + 1, op: String(width) });
    if (edges.length > mostNodes) reader.fail(`at most ${mostNodes} layers`, at);
  } while (reader.skip(":"));
  reader.take("end", '":" or the end of the text');
  return { space: "width", groups: { width: edges } };
}

/** Undefined unless the group `width` is a chain of numbers. */
export function printSizes({ groups }: Cell): string | undefined {
  const edges = groups["width"] ?? [];
  const isChain = edges.every(
    ({ from, to, op }, i) => from === i && to === i + 1 && /^[1-9]\d{0,4}$/.test(op),
  );
  return isChain && edges.length > 0 ? edges.map(({ op }) => op).join(":") : undefined;
}
