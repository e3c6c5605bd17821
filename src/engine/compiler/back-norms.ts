/** @file Gradient rules of norms and of the mixtures that apply them. */

import type { Value } from "../network/network.ts";
import { type BackPass, type Rule, taskOf } from "./back-pass.ts";
import * as calls from "./calls.ts";
import { at, type Place, slice } from "./geometry.ts";
import { MIXTURE, WEIGHTS } from "./graph.ts";
import { span, type Tag } from "./workspace.ts";

/** A stored norm: by its input, and by γ and β or its channels' scores if it has them. */
export const normBack: Rule<"norm"> = (pass, v, { x, affine, gate }) => {
  const { values, gradients, recompute } = pass;
  const { space } = values;
  const g = gradients.of(v);
  const st = values.statistics(v);
  const serves = affine ? WEIGHTS : gate === undefined ? 0 : MIXTURE;
  const y = recompute.planes(x, { serves, leadsTo: [x] }, taskOf(pass, x), [span(g)]);
  const by =
    gate === undefined
      ? affine && {
          weight: values.weight(affine.gamma),
          gamma: values.weightGradientOf(affine.gamma),
          beta: values.weightGradientOf(affine.beta),
        }
      : scoreBack(pass, v, gate);
  const unused = (size: number): Place => ({ block: space.block(size, false), offset: 0 });
  gradients.deliver(x, { layers: [v], serves }, (to, from, n) =>
    calls.normaliseBack(
      slice(g, from, n),
      slice(y, from, n),
      at(st, 2 * from),
      by ? at(by.weight, from) : space.one,
      by ? at(by.gamma, from) : unused(n),
      to,
      by && by.beta.offset - by.gamma.offset,
    ),
  );
};

/** A channel's score is scaled like γ; what would be β's gradient lies beside and is of no use. */
function scoreBack({ values, parts }: BackPass, v: Value, gate: string) {
  const n = values.channels(v);
  const gamma = values.space.scalars(2 * n);
  const weight = values.scoresOf(gate);
  for (let c = 0; c < n; c++)
    parts.push({ entry: weight.offset + c, place: at(gamma, c), n: 1, layer: v });
  return { weight, gamma, beta: at(gamma, n) };
}

/** Every term's: of α · norm(y), or of α · y, by y and by α. */
export const mixBack: Rule<"mix"> = (pass, v, { terms }) => {
  terms.forEach(({ value }, term) => {
    if (value !== undefined) termBack(pass, v, value, pass.alphaOf(v, term));
  });
};

function termBack(pass: BackPass, v: Value, value: Value, alpha: Place): void {
  const { values, gradients, recompute, parts } = pass;
  const { space, layout } = values;
  const g = gradients.of(v);
  const n = values.channels(v);
  const sums = space.scalars(n);
  const entry = alpha.offset;
  parts.push({ entry, place: sums, n, layer: v });
  const of = values.layer(value);
  if (!layout.folded[value] || of.kind !== "norm") {
    const tag: Tag = { phase: "backward", layers: [v], entry, serves: MIXTURE, leadsTo: [] };
    space.call(`dot ${v}.${entry}`, tag, ...calls.dot(g, values.planes(value), sums));
    if (gradients.purposes[value])
      gradients.deliver(value, { layers: [v], entry }, (to, from, count) =>
        calls.scale(slice(g, from, count), alpha, to),
      );
    return;
  }
  const st = values.statistics(value);
  const use = { serves: MIXTURE, leadsTo: [of.x] };
  const y = recompute.planes(of.x, use, taskOf(pass, of.x), [span(g)]);
  const delivery = { layers: [v], entry, serves: MIXTURE };
  gradients.deliver(of.x, delivery, (to, from, count) =>
    calls.normaliseBack(
      slice(g, from, count),
      slice(y, from, count),
      at(st, 2 * from),
      alpha,
      at(sums, from),
      to,
    ),
  );
}
