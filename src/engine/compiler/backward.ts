/** @file The gradient rule of every kind of layer, as kernel calls. */
import type { Layer, Value } from "../network/network.ts";
import { convBack, depthwiseBack, linearBack } from "./back-filters.ts";
import { mixBack, normBack } from "./back-norms.ts";
import type { BackPass, Rule } from "./back-pass.ts";
import { averageBack, halveBack, poolBack } from "./back-pixels.ts";
import * as calls from "./calls.ts";
import { slice } from "./geometry.ts";

/** A ReLU that its readers cannot mask themselves. */
const reluBack: Rule<"relu"> = ({ values, gradients }, v, { x }) => {
  if (values.layout.transparent[v]) return;
  const mask = values.relu(x);
  gradients.deliver(x, { layers: [v] }, (to, from, n) =>
    calls.scale(slice(gradients.of(v), from, n), values.space.one, {
      ...to,
      mask: slice(mask, from, n),
    }),
  );
};

/** A summand that nothing else reads shares the sum's gradient; the others get it added. */
const sumBack: Rule<"sum"> = ({ values, gradients }, v, { xs }) => {
  for (const x of xs)
    if (gradients.purposes[x] && gradients.of(x) !== gradients.of(v))
      gradients.deliver(x, { layers: [v] }, (to, from, n) =>
        calls.scale(slice(gradients.of(v), from, n), values.space.one, to),
      );
};

/** Members in place have their part of the gradient already. */
const concatBack: Rule<"concat"> = ({ values, gradients }, v, { xs }) => {
  if (values.layout.view[v]) return;
  const g = gradients.of(v);
  let first = 0;
  for (const x of xs) {
    const part = slice(g, first, values.channels(x));
    if (gradients.purposes[x])
      gradients.deliver(x, { layers: [v] }, (to, from, n) =>
        calls.scale(slice(part, from, n), values.space.one, to),
      );
    first += part.n;
  }
};

const rules: { readonly [K in Layer["kind"]]: Rule<K> } = {
  input: () => undefined,
  relu: reluBack,
  conv: convBack,
  depthwise: depthwiseBack,
  pool: poolBack,
  norm: normBack,
  halve: halveBack,
  mix: mixBack,
  sum: sumBack,
  concat: concatBack,
  average: averageBack,
  linear: linearBack,
};

/** Appends the rule of layer v, whose own gradient is complete, if that gradient is of use. */
export function backward(pass: BackPass, v: Value): void {
  const { values, gradients } = pass;
  if (!gradients.purposes[v] || values.layout.folded[v]) return;
  const layer = values.layer(v);
  (rules[layer.kind] as (pass: BackPass, v: Value, layer: Layer) => void)(pass, v, layer);
}
