/** @file Decides, before any memory exists, which values are stored, fused, shared or split between threads. */
import type { Layer, Network, Value } from "../network/network.ts";
import { consumers, inputs } from "./graph.ts";

/** Consecutive planes that one task handles: chains of layers with the same key run in one task, in order. */
export interface Part {
  readonly from: number;
  readonly n: number;
  readonly key: string;
}

/** Per layer, in the order of the network. */
export interface Layout {
  readonly readers: readonly (readonly Value[])[];
  /** Norms that only mixtures read: never stored, the mixture applies them to the raw values. */
  readonly folded: readonly boolean[];
  /** ReLUs whose readers can all mask the gradient themselves, so that it goes straight to the ReLU's input. */
  readonly transparent: readonly boolean[];
  /** Concats whose members are computed in place, as ranges of its planes. */
  readonly view: readonly boolean[];
  /** For a member of such a concat, the concat and its first plane there. */
  readonly member: readonly ({ readonly of: Value; readonly from: number } | undefined)[];
  /** Whether anything reads the value itself … */
  readonly raw: readonly boolean[];
  /** … or its ReLU, which then lies beside it. */
  readonly relu: readonly boolean[];
  readonly parts: readonly (readonly Part[])[];
}

/** Kinds that can store their ReLU in the same pass. */
const storesRelu = (layer: Layer): boolean =>
  layer.kind === "norm" || layer.kind === "mix" || layer.kind === "sum" || layer.kind === "concat";
const masks = (layer: Layer): boolean =>
  layer.kind === "conv" || layer.kind === "depthwise" || layer.kind === "halve";
const placeable = (layer: Layer): boolean => layer.kind !== "input" && layer.kind !== "relu";

/** The layout of a network. */
export function layOut(network: Network): Layout {
  const { layers, output } = network;
  const at = (v: Value): Layer => layers[v] as Layer;
  const readers = consumers(network);
  const readersOf = (v: Value): readonly Value[] => readers[v] as readonly Value[];
  const folded = layers.map(
    (layer, v) =>
      layer.kind === "norm" &&
      !layer.affine &&
      layer.gate === undefined &&
      readersOf(v).length > 0 &&
      readersOf(v).every((c) => at(c).kind === "mix"),
  );
  const transparent = layers.map(
    (layer, v) =>
      layer.kind === "relu" &&
      at(layer.x).kind !== "relu" &&
      readersOf(v).every((c) => masks(at(c))),
  );
  const view = layers.map(() => false);
  const member: Layout["member"][number][] = layers.map(() => undefined);
  layers.forEach((layer, v) => {
    if (layer.kind !== "concat") return;
    const free = (x: Value): boolean => placeable(at(x)) && !member[x] && x !== output;
    if (new Set(layer.xs).size < layer.xs.length || !layer.xs.every(free)) return;
    view[v] = true;
    let from = 0;
    for (const x of layer.xs) {
      member[x] = { of: v, from };
      from += at(x).shape[0] as number;
    }
  });
  const raw = layers.map((_, v) => v === output);
  const relu = layers.map(() => false);
  for (let v = layers.length - 1; v >= 0; v--)
    for (const c of readersOf(v)) {
      if (at(c).kind === "relu") {
        relu[v] = true;
        if (!storesRelu(at(v))) raw[v] = true;
      } else if (view[c]) {
        raw[v] ||= raw[c] as boolean;
        relu[v] ||= relu[c] as boolean;
        if (!storesRelu(at(v))) raw[v] = true;
      } else raw[v] = true;
    }
  return {
    readers,
    folded,
    transparent,
    view,
    member,
    raw,
    relu,
    parts: split(network, readers, folded),
  };
}

const perPlane = new Set<Layer["kind"]>(["relu", "depthwise", "pool", "halve", "norm"]);
/**
 * A layer joins its input's task if it is the only reader, or cheap and of use to many (pools, halves). A convolution that
 * begins a task is halved unless it is a candidate's, which has others beside it.
 */
function split(
  { layers }: Network,
  readers: Layout["readers"],
  folded: readonly boolean[],
): Part[][] {
  const parts: Part[][] = [];
  const through = (v: Value): Value => {
    const layer = layers[v] as Layer;
    return layer.kind === "relu" ? layer.x : v;
  };
  const alone = (v: Value): boolean =>
    through(v) === v
      ? readers[v]?.length === 1
      : readers[v]?.length === 1 && readers[through(v)]?.length === 1;
  const begins = (conv: Value, x: Value): boolean =>
    (!alone(x) || ["input", "concat"].includes((layers[through(x)] as Layer).kind)) &&
    !(readers[conv] ?? []).some((c) => folded[c] || layers[c]?.kind === "concat");
  layers.forEach((layer, v) => {
    const n = layer.shape[0] as number;
    const whole = [{ from: 0, n, key: `${v}` }];
    const [first] = inputs(layer);
    const source = first === undefined ? undefined : (layers[through(first)] as Layer);
    const before = first === undefined ? undefined : parts[first];
    if (layer.kind === "mix" || layer.kind === "sum")
      parts.push(halves(n).map((half, i) => ({ ...half, key: `${v}.${i}` })));
    else if (layer.kind === "concat")
      // The two halves of a factorised reduce: one task makes both.
      parts.push(
        layer.xs.every((x) => alone(x) && (layers[x] as Layer).kind === "conv")
          ? [{ from: 0, n, key: (parts[layer.xs[0] as Value] as Part[])[0]?.key as string }]
          : whole,
      );
    else if (first === undefined || !before) parts.push(whole);
    else if (layer.kind === "conv" && begins(v, first))
      parts.push(halves(n).map((half, i) => ({ ...half, key: `${v}.${i}` })));
    else {
      const shared = layer.kind === "pool" || layer.kind === "halve";
      const joins = layer.kind === "relu" || alone(first) || (shared && source?.kind !== "concat");
      if (joins && perPlane.has(layer.kind)) parts.push([...before]);
      else if (joins && before.length === 1)
        parts.push([{ from: 0, n, key: before[0]?.key as string }]);
      else parts.push(whole);
    }
  });
  layers.forEach((layer, v) => {
    // Members of a joined concat move to its task.
    const key = parts[v]?.[0]?.key as string;
    if (layer.kind === "concat" && key !== `${v}`)
      for (const x of layer.xs)
        for (const link of chain(layers, readers, x))
          parts[link] = (parts[link] as Part[]).map((p) => ({ ...p, key }));
  });
  return parts;
}

/** A layer and what comes before it as long as nothing else reads that. */
function chain(layers: readonly Layer[], readers: Layout["readers"], v: Value): Value[] {
  const links = [v];
  for (let at = v; ; ) {
    const [x] = inputs(layers[at] as Layer);
    if (x === undefined || readers[x]?.length !== 1 || (layers[x] as Layer).kind === "mix")
      return links;
    links.push(x);
    at = x;
  }
}

/** Ranges of planes that let two threads share a layer. */
export function halves(n: number): { from: number; n: number }[] {
  const half = Math.ceil(n / 2);
  if (half === n) return [{ from: 0, n }];
  return [
    { from: 0, n: half },
    { from: half, n: n - half },
  ];
}
