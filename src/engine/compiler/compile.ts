/** @file Compiles a network to a plan. Nothing here runs the network. */
import type { Layer, MixtureEntry, Network, Value } from "../network/network.ts";
import { normRows } from "../network/norms.ts";
import type { BackPass } from "./back-pass.ts";
import { backward } from "./backward.ts";
import { pack } from "./conditions.ts";
import { arenaBytes, timeOf } from "./cost.ts";
import { forward } from "./forward.ts";
import { type Place, type Planes, at as placeAt } from "./geometry.ts";
import { Gradients } from "./gradients.ts";
import { alive, linksOf } from "./graph.ts";
import { layOut } from "./layout.ts";
import { type Memory, place } from "./memory.ts";
import { type MixtureGroup, type Op, type Plan, RESERVED } from "./plan.ts";
import { Recompute } from "./recompute.ts";
import { type Schedule, schedule } from "./schedule.ts";
import type { Spec } from "./spec.ts";
import { type Keep, Values } from "./values.ts";
import { type Call, Workspace } from "./workspace.ts";

export interface CompileOptions {
  /**
   * What the forward pass keeps for the backward pass. By default all that is dear to compute again, filters; less only
   * where that takes too much memory.
   */
  readonly keep?: Keep;
}
/** The most that an arena may take to keep this much; why, says docs/adr/0015. */
const LIMITS: readonly (readonly [keep: Keep, bytes: number])[] = [
  ["filters", 2 ** 27],
  ["convolutions", 2 ** 29],
];

/** The plan of a network for batches of `batch` images. Throws if the network has no input or layers that do not fit. */
export function compile(network: Network, batch: number, { keep }: CompileOptions = {}): Plan {
  if (!Number.isInteger(batch) || batch < 1)
    throw new Error(`batch = ${batch} is not a whole number of at least 1`);
  if (keep) return compileKeeping(network, batch, keep);
  for (const [most, bytes] of LIMITS) {
    const plan = compileKeeping(network, batch, most);
    if (arenaBytes(plan) <= bytes) return plan;
  }
  return compileKeeping(network, batch, "states");
}

function compileKeeping(network: Network, batch: number, keep: Keep): Plan {
  const { layers, output } = network;
  const maxPlanes = Math.max(...layers.map(({ shape }) => shape[0] as number));
  const space = new Workspace(batch, maxPlanes);
  const groups = mixtureGroups(network);
  const mixture = space.scalars(groups.reduce((n, g) => n + g.edges * g.ops, 0));
  const entryAt = ({ group, edge, op }: MixtureEntry): Place => {
    const { offset, ops } = groups.find((g) => g.name === group) as MixtureGroup;
    return placeAt(mixture, offset + edge * ops + op);
  };
  const alphaOf = (v: Value, term: number): Place => {
    const mix = layers[v] as Extract<Layer, { kind: "mix" }>;
    return entryAt(mix.terms[term] as MixtureEntry);
  };
  const scoresOf = (group: string): Place => entryAt({ group, edge: 0, op: 0 });
  const values = new Values(network, layOut(network), space, keep, scoresOf);
  const links = linksOf(network, (entry) => entryAt(entry).offset);
  const live = alive(links);
  const input = layers.findIndex(({ kind }, v) => kind === "input" && live[v]);
  if (input < 0) throw new Error("the network's output depends on no input");

  layers.forEach((_, v) => {
    if (live[v]) forward(values, v, (term) => alphaOf(v, term));
  });
  const gradients = new Gradients(values);
  const start = space.planes(values.channels(output), values.geometry(output), true);
  gradients.start(output, start);
  const pass: BackPass = {
    values,
    gradients,
    recompute: new Recompute(values),
    alphaOf,
    parts: [],
  };
  for (let v = output; v >= 0; v--) if (live[v]) backward(pass, v);

  const norms = normRows(network).filter(({ layer }) => live[layer]);
  const measured = norms.map(({ layer }) => values.statistics(layer));
  const scheduled = schedule(space.calls, space.zeroed);
  const memory = place(space.blocks, scheduled, RESERVED);
  const resolve = ({ block, offset }: Place): number => (memory.at.get(block) ?? 0) + offset;
  const planes = (p: Planes) => ({ at: resolve(p), n: p.n, geo: p.geo });
  return {
    network,
    batch,
    links,
    ...steps(scheduled, memory, new Map(space.tables.map((t) => [t.place.block, t.rows.length]))),
    floats: memory.scratch.at + memory.scratch.size,
    scratch: memory.scratch,
    weights: {
      at: resolve(values.weights),
      gradient: resolve(values.weightGradient),
      size: network.weightCount,
    },
    mixture: {
      at: resolve(mixture),
      size: mixture.block.size,
      groups,
      parts: pass.parts.map(({ entry, place, n, layer }) => ({
        entry,
        at: resolve(place),
        n,
        layer,
      })),
    },
    image: planes(values.raw(input)),
    logits: planes(values.raw(output)),
    logitsGradient: planes(start),
    norms: norms.map((norm, i) => ({ ...norm, at: resolve(measured[i] as Place) })),
    constants: space.constants.map(({ place, values }) => ({ at: resolve(place), values })),
    tables: space.tables.map(({ place, rows }) => ({
      at: resolve(place),
      rows: rows.map(({ y, st, scale, entry }) => ({
        y: resolve(y),
        st: resolve(st),
        scale: resolve(scale),
        ...(entry === undefined ? {} : { entry }),
      })),
    })),
  };
}

/** Every alpha group's matrix, as wide as its entries reach. */
function mixtureGroups({ layers }: Network): MixtureGroup[] {
  const found = new Map<string, { edges: number; ops: number }>();
  const reach = ({ group, edge, op }: MixtureEntry): void => {
    const { edges, ops } = found.get(group) ?? { edges: 0, ops: 0 };
    found.set(group, { edges: Math.max(edges, edge + 1), ops: Math.max(ops, op + 1) });
  };
  for (const layer of layers)
    if (layer.kind === "mix") layer.terms.forEach(reach);
    else if (layer.kind === "norm" && layer.gate !== undefined)
      reach({ group: layer.gate, edge: (layer.shape[0] as number) - 1, op: 0 });
  let offset = 0;
  return [...found].map(([name, { edges, ops }]) => {
    const group = { name, offset, edges, ops };
    offset += edges * ops;
    return group;
  });
}

/** The scheduled tasks as steps of the two passes, with addresses, and the distinct kernels they use. */
function steps(
  { tasks, turn, steps: count }: Schedule,
  memory: Memory,
  terms: ReadonlyMap<unknown, number>,
): Pick<Plan, "kernels" | "forward" | "backward" | "conditions"> {
  const kernels: Spec[] = [];
  const known = new Map<string, number>();
  const kernel = (spec: Spec): number => {
    const key = JSON.stringify(spec);
    const index = known.get(key) ?? kernels.push(spec) - 1;
    known.set(key, index);
    return index;
  };
  const conditions: number[] = [];
  const condition = ({ tag, spec }: Call): number => {
    const at = conditions.length;
    // Where mean and variance are given, measuring a norm is of no use.
    conditions.push(...pack(tag, spec.kind === "statistics"));
    return at;
  };
  const arity = (call: Call): number => (call.spec.kind === "mix" ? 4 : call.args.length);
  const op = (call: Call): Op => ({
    kernel: kernel(call.spec),
    args: call.args
      .slice(0, arity(call))
      .map(({ place: { block, offset } }) => (memory.at.get(block) ?? 0) + offset),
    condition: condition(call),
    cost: timeOf(call.spec, terms.get(call.args[0]?.place.block)),
  });
  const made = Array.from({ length: count }, (): Op[][] => []);
  for (const { step, calls } of tasks) made[step]?.push(calls.map(op));
  return {
    kernels,
    forward: made.slice(0, turn),
    backward: made.slice(turn),
    conditions: Int32Array.from(conditions),
  };
}
