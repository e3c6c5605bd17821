/** @file Gradient rules of layers with a weight: convolutions, depthwise convolutions, linear layers. */
import type { Value } from "../network/network.ts";
import { type BackPass, forWeights, type Rule, taskOf } from "./back-pass.ts";
import * as calls from "./calls.ts";
import { windowOf } from "./forward.ts";
import { at, type Place, type Planes, slice } from "./geometry.ts";
import type { Part } from "./layout.ts";
import { span, type Tag } from "./workspace.ts";

/** By its matrix, then by its input; the order lets the second replace what the first reads. */
export const convBack: Rule<"conv"> = (pass, v, layer) => {
  const { values, gradients, recompute } = pass;
  const { space } = values;
  const { x, weight, kernel, stride } = layer;
  const g = gradients.of(v);
  const key = taskOf(pass, v);
  const w = values.weight(weight);
  const dw = values.weightGradientOf(weight);
  needMask(pass, x, key, g);
  if (!values.spread(v)) {
    const input = recompute.planes(x, forWeights(v), key, [span(g)]);
    weightBack(pass, v, g, input, dw);
    gradients.deliver(x, { layers: [v] }, (to, from, n) =>
      calls.pointwiseBackInput(g, w, masked(pass, x, to, from, n), from, input.n),
    );
    return;
  }
  const spread = recompute.patches(v, forWeights(v), key, [span(g)]);
  weightBack(pass, v, g, spread, dw);
  if (!gradients.purposes[x]) return;
  const inPlace = { planes: spread, add: false, mask: undefined };
  const tag: Tag = { phase: "backward", layers: [v], serves: 0, leadsTo: [x] };
  space.call(key, tag, ...calls.pointwiseBackInput(g, w, inPlace, 0, spread.n));
  const window = windowOf(values, v, kernel, 1, stride);
  gradients.deliver(x, { layers: [v] }, (to, from, n) =>
    calls.patchesBack(
      slice(spread, from * kernel ** 2, n * kernel ** 2),
      masked(pass, x, to, from, n),
      { ...window, n },
    ),
  );
};

/** ∂W of y = W·x, each part of its rows in the task of that part's gradient. */
function weightBack({ values }: BackPass, v: Value, g: Planes, x: Planes, dw: Place): void {
  for (const { from, n, key } of values.layout.parts[v] as readonly Part[]) {
    const call = calls.pointwiseBackWeight(slice(g, from, n), x, at(dw, from * x.n));
    values.space.call(`back ${key}`, forWeights(v), ...call);
  }
}

/** By its filters, then by its input. */
export const depthwiseBack: Rule<"depthwise"> = (pass, v, layer) => {
  const { values, gradients, recompute } = pass;
  const { x, kernel, dilation, stride, weight } = layer;
  const g = gradients.of(v);
  const key = taskOf(pass, v);
  const w = values.weight(weight);
  const dw = values.weightGradientOf(weight);
  const window = windowOf(values, v, kernel, dilation, stride);
  const input = recompute.planes(x, forWeights(v), key, [span(g)]);
  values.space.call(key, forWeights(v), ...calls.depthwiseBackWeight(input, g, dw, window));
  needMask(pass, x, key, g);
  gradients.deliver(x, { layers: [v] }, (to, from, n) =>
    calls.depthwiseBackInput(
      slice(g, from, n),
      at(w, from * kernel ** 2),
      masked(pass, x, to, from, n),
      { ...window, n },
    ),
  );
};

/** By its matrix, its bias, its input. */
export const linearBack: Rule<"linear"> = (pass, v, { x, weight, bias }) => {
  const { values, gradients } = pass;
  const g = gradients.of(v);
  const key = taskOf(pass, v);
  const input = values.planes(x);
  const dw = values.weightGradientOf(weight);
  values.space.call(key, forWeights(v), ...calls.pointwiseBackWeight(g, input, dw));
  values.space.call(key, forWeights(v), ...calls.biasBack(g, values.weightGradientOf(bias)));
  gradients.deliver(x, { layers: [v] }, (to, from) =>
    calls.pointwiseBackInput(g, values.weight(weight), to, from, input.n),
  );
};

/** A ReLU that was not kept must be there again when a gradient is masked by it. */
function needMask({ values, gradients, recompute }: BackPass, x: Value, key: string, g: Planes) {
  if (gradients.purposes[x] && values.layer(x).kind === "relu")
    recompute.planes(x, { serves: 0, leadsTo: [x] }, key, [span(g)]);
}
/** Where a ReLU was computed again, its mask is there. */
function masked(
  { recompute }: BackPass,
  x: Value,
  to: calls.Target,
  from: number,
  n: number,
): calls.Target {
  const again = to.mask && recompute.again(x);
  return again ? { ...to, mask: slice(again, from, n) } : to;
}
