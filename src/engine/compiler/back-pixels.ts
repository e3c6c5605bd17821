/** @file Gradient rules of layers that pick, pool or average pixels. */
import type { Value } from "../network/network.ts";
import type { Rule } from "./back-pass.ts";
import { type Planes, slice } from "./geometry.ts";
import { fixed, read, update, write } from "./workspace.ts";

/** Both pools over the same windows together, once both their gradients are there. */
export const poolBack: Rule<"pool"> = ({ gradients, values }, v, { x, stride }) => {
  const { space } = values;
  const other = values.sibling(v);
  if (other !== undefined && other < v) return;
  const both = other === undefined ? [v] : [v, other];
  const of = (reduce: "max" | "average"): Value | undefined =>
    both.find((p) => {
      const layer = values.layer(p);
      return layer.kind === "pool" && layer.reduce === reduce;
    });
  const [max, average] = [of("max"), of("average")];
  const [src, dst] = [values.geometry(x), values.geometry(v)];
  const argmax =
    max === undefined ? undefined : values.extra(max, () => space.planes(values.channels(v), dst));
  gradients.deliver(x, { layers: both }, (to, from, n) => {
    const part = (p: Planes | undefined) => (p ? read(slice(p, from, n)) : fixed(to.planes, 0));
    const gradient = (p: Value | undefined) => part(p === undefined ? undefined : gradients.of(p));
    const reduces = { max: max !== undefined, average: average !== undefined };
    return [
      { kind: "poolBack", s: stride, src, dst, n, ...reduces, add: to.add },
      [
        gradient(max),
        gradient(average),
        part(argmax),
        to.add ? update(to.planes) : write(to.planes),
        fixed(space.inverseCounts(src, dst, stride), 0),
      ],
    ];
  });
};

export const halveBack: Rule<"halve"> = ({ gradients }, v, { x, shift }) => {
  gradients.deliver(x, { layers: [v] }, (to, from, n) => {
    const g = slice(gradients.of(v), from, n);
    const sizes = { shift, src: to.planes.geo, dst: g.geo, n };
    return [
      { kind: "halveBack", ...sizes, masked: to.mask !== undefined },
      [read(g), update(to.planes), to.mask ? read(to.mask) : fixed(g, 0)],
    ];
  });
};

export const averageBack: Rule<"average"> = ({ gradients }, v, { x }) => {
  gradients.deliver(x, { layers: [v] }, (to, from, n) => {
    const g = slice(gradients.of(v), from, n);
    return [
      { kind: "averageBack", n, geo: to.planes.geo, dst: g.geo, add: to.add },
      [read(g), to.add ? update(to.planes) : write(to.planes)],
    ];
  });
};
