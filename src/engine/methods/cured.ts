/**
 * @file Cures for skip collapse that any method with a softmax α can wear: they change the mixture that runs, not the
 * method. t is the share of the run that is done, b a seeded 0 or 1 that is 1 with the rate's complement.
 *
 *   auxiliary skip — DARTS− (Chu et al., ICLR 2021):    m_skip + β (1 − t)
 *   drop-path — Zela et al., RobustDARTS, ICLR 2020:    m_o · b / (1 − r t)             for every o but skip and none
 *   skip dropout — P-DARTS (Chen et al., ICCV 2019):    m_skip · b / (1 − p e^(−5t))
 *
 * One draw a step and half, for the whole batch and all cells of a kind: a mixture is theirs in common, and the passes
 * of a step must agree on it. The papers drop for each example, in each cell, and P-DARTS single numbers of a skip that
 * keeps the size. Where an edge halves the image, DARTS− adds a FactorizedReduce of its own; here it is the skip
 * candidate's.
 */
import { add, mul, type Tensor2D, tensor2d } from "@tensorflow/tfjs-core";
import type { AlphaGroup, Hyper, HyperSpec } from "../../protocol/spec.ts";
import { linear } from "../core/hyper.ts";
import type { Rng } from "../core/rng.ts";
import type {
  Asked,
  Batch,
  LossAndGrad,
  MethodState,
  Mixture,
  MixtureWeights,
  Problem,
  SearchMethod,
  Wrt,
} from "../problem.ts";

type Cures = {
  readonly auxiliarySkip: number;
  readonly dropPath: number;
  readonly skipDropout: number;
};

const fields: HyperSpec<Cures> = {
  auxiliarySkip: linear(
    "Auxiliary skip β",
    "DARTS−: adds a skip of this weight to every edge that runs, so that the candidate skip need not carry the gradient. Falls to 0 at the end; its paper begins at 1. Spaces with skip_connect only.",
    0,
    0,
    1,
  ),
  dropPath: linear(
    "Drop-path",
    "RobustDARTS: how often a candidate but skip and none is left out for a step; the rest counts for more. Rises from 0 to this at the end; its paper tries 0.2 to 0.8.",
    0,
    0,
    0.9,
  ),
  skipDropout: linear(
    "Skip dropout",
    "P-DARTS: how often a skip is left out for a step at the start, falling to a 150th at the end. Spaces with skip_connect only.",
    0,
    0,
    0.9,
  ),
};

/** P-DARTS's e^(−0.2 · epoch) over the 25 epochs of a stage. */
const dropoutFall = 5;
const skip = "skip_connect";

/** The method with the three as hyper-parameters, off by default: it is then the method itself. */
export const cured = <S extends MethodState, H extends Hyper>(
  method: SearchMethod<S, H>,
): SearchMethod<S, H & Cures> => ({
  ...method,
  hyper: { ...method.hyper, ...fields },
  step(problem, state, context) {
    const { hyper, progress, rng } = context;
    const rates: Rates = {
      added: hyper.auxiliarySkip * (1 - progress),
      drop: hyper.dropPath * progress,
      dropSkip: hyper.skipDropout * Math.exp(-dropoutFall * progress),
    };
    const isOff = Object.values(rates).every((rate) => rate === 0);
    return method.step(
      isOff ? problem : changed(problem, rates, rng.fork("cures")),
      state,
      context,
    );
  },
});

/** As they are at one step, each in [0, 1). */
interface Rates {
  readonly added: number;
  readonly drop: number;
  readonly dropSkip: number;
}

/** The problem at changed mixtures. Its gradients are by the mixture that was asked about. */
function changed(problem: Problem, rates: Rates, rng: Rng): Problem {
  const { lossAndGradAtBoth } = problem;
  const change = ({ split }: Batch, mixture: Mixture) =>
    changeOf(problem, mixture, rates, rng.fork(split));
  return {
    ...problem,
    lossAndGrad(weights, mixture, batch, wrt) {
      const { at, back } = change(batch, mixture);
      return back(problem.lossAndGrad(weights, at, batch, wrt));
    },
    ...(lossAndGradAtBoth && {
      lossAndGradAtBoth<A extends Wrt, B extends Wrt>(
        a: Asked<A>,
        b: Asked<B>,
      ): [LossAndGrad<A>, LossAndGrad<B>] {
        const [first, second] = [change(a.batch, a.mixture), change(b.batch, b.mixture)];
        const points = lossAndGradAtBoth({ ...a, mixture: first.at }, { ...b, mixture: second.at });
        return [first.back(points[0]), second.back(points[1])];
      },
    }),
  };
}

/** Where a mixture is moved to, and the way back of a gradient there. */
function changeOf(problem: Problem, { weights, active }: Mixture, rates: Rates, rng: Rng) {
  const rows = problem.groups
    .filter(({ name, kind }) => kind === "choice" && weights[name])
    .map((group) => ({ group, rows: rowsOf(problem, group, active?.[group.name], rates, rng) }));
  const table = (name: string, rows: readonly Row[], part: "factor" | "added"): Tensor2D =>
    tensor2d(
      rows.flatMap((row) => row[part]),
      weights[name]?.shape as [number, number],
    );
  const now = rows.map(({ group: { name }, rows }) => {
    const scaled = mul(weights[name] as Tensor2D, table(name, rows, "factor"));
    return [name, add(scaled, table(name, rows, "added"))];
  });
  const running = rows.map(({ group: { name }, rows }) => [name, rows.map((r) => r.active)]);
  return {
    at: {
      weights: { ...weights, ...Object.fromEntries(now) },
      active: { ...active, ...Object.fromEntries(running) },
    } as Mixture,
    back<W extends Wrt>(point: LossAndGrad<W>): LossAndGrad<W> {
      const gradient: MixtureWeights | undefined = point.mixture;
      if (!gradient) return point;
      const scaled = rows.flatMap(({ group: { name }, rows }) => {
        const slopes = gradient[name];
        return slopes ? [[name, mul(slopes, table(name, rows, "factor"))]] : [];
      });
      return { ...point, mixture: { ...gradient, ...Object.fromEntries(scaled) } };
    },
  };
}

interface Row {
  /** What each candidate's weight is multiplied with; 0 for one that was not to run. */
  readonly factor: readonly number[];
  readonly added: readonly number[];
  /** Which candidates run. */
  readonly active: readonly number[];
}

function rowsOf(
  { isMasked }: Problem,
  { name, edges, ops }: AlphaGroup,
  active: readonly (readonly number[])[] | undefined,
  { added, drop, dropSkip }: Rates,
  rng: Rng,
): readonly Row[] {
  const luck = rng.fork(name).uniform(edges.length * ops.length);
  const rateOf = (op: string) => (op === skip ? dropSkip : op === "none" ? 0 : drop);
  return edges.map((_, edge) => {
    const wanted = active?.[edge] ?? ops.map((_, o) => o);
    const factor = ops.map((op, o) => {
      const rate = rateOf(op);
      const isKept = (luck[edge * ops.length + o] as number) >= rate;
      return wanted.includes(o) && isKept ? 1 / (1 - rate) : 0;
    });
    const runs = wanted.length > 0;
    const extra = ops.map((op, o) =>
      op === skip && runs && !isMasked?.({ group: name, edge, op: o }) ? added : 0,
    );
    const on = ops.flatMap((_, o) => (factor[o] || extra[o] ? [o] : []));
    return { factor, added: extra, active: on };
  });
}
