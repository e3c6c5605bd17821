/**
 * @file An interpreter of networks in doubles with reverse-mode gradients: slow, short, and independent of all engine
 * code but the vocabulary. What every executor is measured against.
 */
import type { Layer, MixtureEntry, Network, Value } from "../../src/engine/network/network.ts";

/** Images are (batch, height, width, channels). */
export interface OraclePoint {
  readonly weights: ArrayLike<number>;
  readonly mixture: Readonly<Record<string, ArrayLike<number>>>;
  readonly active?: Readonly<Record<string, readonly (readonly number[])[]>>;
  readonly images: ArrayLike<number>;
  readonly labels: ArrayLike<number>;
}
export interface OracleResult {
  readonly loss: number;
  readonly logits: Float64Array;
  readonly weights: Float64Array;
  readonly mixture: Record<string, Float64Array>;
}
/** A value and its gradient, (batch, channels, height, width). */
interface Node {
  readonly x: Float64Array;
  readonly g: Float64Array;
  readonly c: number;
  readonly h: number;
  readonly w: number;
}

/** Loss, logits and gradients; `ops` is the number of candidates of each alpha group. */
export function oracle(network: Network, batch: number, point: OraclePoint): OracleResult {
  const grads = new Float64Array(network.weightCount);
  const mixture = Object.fromEntries(
    Object.entries(point.mixture).map(([name, m]) => [name, new Float64Array(m.length)]),
  );
  const widths = groupWidths(network);
  const slots = new Map(network.weights.map((s) => [s.name, s.offset]));
  const slot = (name: string): number => slots.get(name) as number;
  const weight = (at: number): number => point.weights[at] as number;
  const entry = ({ group, edge, op }: MixtureEntry): number =>
    edge * (widths.get(group) as number) + op;
  const on = ({ group, edge, op }: MixtureEntry): boolean =>
    point.active?.[group]?.[edge]?.includes(op) ?? true;
  const nodes: Node[] = [];
  const tape: (() => void)[] = [];
  const get = (v: Value): Node => nodes[v] as Node;

  const run = (layer: Layer): Node => {
    const [c = 1, h = 1, w = 1] = layer.shape;
    const size = batch * c * h * w;
    const y: Node = { x: new Float64Array(size), g: new Float64Array(size), c, h, w };
    const back = (f: () => void): number => tape.push(f);
    switch (layer.kind) {
      case "input":
        each(batch, y, (i, n, ch, row, col) => {
          y.x[i] = point.images[((n * h + row) * w + col) * c + ch] as number;
        });
        break;
      case "relu": {
        const a = get(layer.x);
        for (let i = 0; i < size; i++) y.x[i] = Math.max(0, a.x[i] as number);
        back(() => {
          for (let i = 0; i < size; i++) if ((a.x[i] as number) > 0) a.g[i]! += y.g[i] as number;
        });
        break;
      }
      case "conv":
      case "depthwise": {
        const a = get(layer.x);
        const { kernel: k, stride } = layer;
        const dilation = layer.kind === "conv" ? 1 : layer.dilation;
        const from = slot(layer.weight);
        const taps = (visit: (yi: number, ai: number, wi: number) => void): void =>
          each(batch, y, (i, n, o, row, col) => {
            const ins = layer.kind === "conv" ? range(a.c) : [o];
            ins.forEach((ch, k2) => {
              for (let r = 0; r < k; r++)
                for (let q = 0; q < k; q++) {
                  const hh = row * stride + (r - (k - 1) / 2) * dilation;
                  const ww = col * stride + (q - (k - 1) / 2) * dilation;
                  if (hh < 0 || ww < 0 || hh >= a.h || ww >= a.w) continue;
                  visit(i, place(a, n, ch, hh, ww), from + ((o * ins.length + k2) * k + r) * k + q);
                }
            });
          });
        taps((i, j, wi) => {
          y.x[i]! += (a.x[j] as number) * weight(wi);
        });
        back(() =>
          taps((i, j, wi) => {
            a.g[j]! += (y.g[i] as number) * weight(wi);
            grads[wi]! += (y.g[i] as number) * (a.x[j] as number);
          }),
        );
        break;
      }
      case "pool": {
        const a = get(layer.x);
        const window = (visit: (i: number, inside: number[]) => void): void =>
          each(batch, y, (i, n, ch, row, col) => {
            const inside: number[] = [];
            for (let r = -1; r <= 1; r++)
              for (let q = -1; q <= 1; q++) {
                const [hh, ww] = [row * layer.stride + r, col * layer.stride + q];
                if (hh >= 0 && ww >= 0 && hh < a.h && ww < a.w)
                  inside.push(place(a, n, ch, hh, ww));
              }
            visit(i, inside);
          });
        const top = (inside: number[]): number =>
          inside.reduce((best, j) => ((a.x[j] as number) > (a.x[best] as number) ? j : best));
        window((i, inside) => {
          y.x[i] =
            layer.reduce === "max"
              ? (a.x[top(inside)] as number)
              : inside.reduce((s, j) => s + (a.x[j] as number), 0) / inside.length;
        });
        back(() =>
          window((i, inside) => {
            if (layer.reduce === "max") a.g[top(inside)]! += y.g[i] as number;
            else for (const j of inside) a.g[j]! += (y.g[i] as number) / inside.length;
          }),
        );
        break;
      }
      case "norm": {
        const a = get(layer.x);
        const count = batch * h * w;
        for (let ch = 0; ch < c; ch++) {
          const at = range(batch).flatMap((n) => range(h * w).map((p) => (n * c + ch) * h * w + p));
          const mean = at.reduce((s, i) => s + (a.x[i] as number), 0) / count;
          const variance = at.reduce((s, i) => s + ((a.x[i] as number) - mean) ** 2, 0) / count;
          const inverse = 1 / Math.sqrt(variance + 1e-5);
          const hat = (i: number): number => ((a.x[i] as number) - mean) * inverse;
          const [gi, bi] = layer.affine
            ? [slot(layer.affine.gamma) + ch, slot(layer.affine.beta) + ch]
            : [-1, -1];
          const { gate } = layer;
          const score = gate === undefined ? undefined : (point.mixture[gate]?.[ch] as number);
          const gamma = score ?? (gi < 0 ? 1 : weight(gi));
          for (const i of at) y.x[i] = gamma * hat(i) + (bi < 0 ? 0 : weight(bi));
          back(() => {
            const sum = at.reduce((s, i) => s + (y.g[i] as number), 0);
            const along = at.reduce((s, i) => s + (y.g[i] as number) * hat(i), 0);
            if (gate !== undefined) mixture[gate]![ch]! += along;
            if (gi >= 0) {
              grads[gi]! += along;
              grads[bi]! += sum;
            }
            for (const i of at)
              a.g[i]! +=
                gamma * inverse * ((y.g[i] as number) - sum / count - (hat(i) * along) / count);
          });
        }
        break;
      }
      case "halve": {
        const a = get(layer.x);
        const pairs = (visit: (i: number, j: number) => void): void =>
          each(batch, y, (i, n, ch, row, col) =>
            visit(i, place(a, n, ch, 2 * row + layer.shift, 2 * col + layer.shift)),
          );
        pairs((i, j) => {
          y.x[i] = a.x[j] as number;
        });
        back(() =>
          pairs((i, j) => {
            a.g[j]! += y.g[i] as number;
          }),
        );
        break;
      }
      case "mix":
        for (const term of layer.terms) {
          if (term.value === undefined || !on(term)) continue;
          const a = get(term.value);
          const share = point.mixture[term.group]?.[entry(term)] as number;
          for (let i = 0; i < size; i++) y.x[i]! += share * (a.x[i] as number);
          back(() => {
            for (let i = 0; i < size; i++) {
              a.g[i]! += share * (y.g[i] as number);
              (mixture[term.group] as Float64Array)[entry(term)]! +=
                (a.x[i] as number) * (y.g[i] as number);
            }
          });
        }
        break;
      case "sum":
        for (const x of layer.xs) {
          const a = get(x);
          for (let i = 0; i < size; i++) y.x[i]! += a.x[i] as number;
          back(() => {
            for (let i = 0; i < size; i++) a.g[i]! += y.g[i] as number;
          });
        }
        break;
      case "concat": {
        let first = 0;
        for (const x of layer.xs) {
          const a = get(x);
          const at = first;
          first += a.c;
          each(batch, a, (i, n, ch, row, col) => {
            y.x[place(y, n, at + ch, row, col)] = a.x[i] as number;
          });
          back(() =>
            each(batch, a, (i, n, ch, row, col) => {
              a.g[i]! += y.g[place(y, n, at + ch, row, col)] as number;
            }),
          );
        }
        break;
      }
      case "average": {
        const a = get(layer.x);
        const pixels = a.h * a.w;
        each(batch, a, (i, n, ch) => {
          y.x[n * c + ch]! += (a.x[i] as number) / pixels;
        });
        back(() =>
          each(batch, a, (i, n, ch) => {
            a.g[i]! += (y.g[n * c + ch] as number) / pixels;
          }),
        );
        break;
      }
      case "linear": {
        const a = get(layer.x);
        const [wAt, bAt] = [slot(layer.weight), slot(layer.bias)];
        for (let n = 0; n < batch; n++)
          for (let o = 0; o < c; o++) {
            const i = n * c + o;
            y.x[i] = weight(bAt + o);
            for (let ch = 0; ch < a.c; ch++)
              y.x[i]! += weight(wAt + o * a.c + ch) * (a.x[n * a.c + ch] as number);
            back(() => {
              grads[bAt + o]! += y.g[i] as number;
              for (let ch = 0; ch < a.c; ch++) {
                grads[wAt + o * a.c + ch]! += (y.g[i] as number) * (a.x[n * a.c + ch] as number);
                a.g[n * a.c + ch]! += (y.g[i] as number) * weight(wAt + o * a.c + ch);
              }
            });
          }
      }
    }
    return y;
  };
  for (const layer of network.layers) nodes.push(run(layer));
  const out = get(network.output);
  let loss = 0;
  for (let n = 0; n < batch; n++) {
    const row = out.x.subarray(n * out.c, (n + 1) * out.c);
    const norm = row.reduce((s, z) => s + Math.exp(z), 0);
    const label = point.labels[n] as number;
    loss += (Math.log(norm) - (row[label] as number)) / batch;
    row.forEach((z, k) => {
      out.g[n * out.c + k] = (Math.exp(z) / norm - (k === label ? 1 : 0)) / batch;
    });
  }
  for (const f of tape.reverse()) f();
  return { loss, logits: out.x, weights: grads, mixture };
}

const range = (n: number): number[] => Array.from({ length: n }, (_, i) => i);
const place = ({ c, h, w }: Node, n: number, ch: number, row: number, col: number): number =>
  ((n * c + ch) * h + row) * w + col;
function each(
  batch: number,
  node: Node,
  visit: (i: number, n: number, ch: number, row: number, col: number) => void,
): void {
  let i = 0;
  for (let n = 0; n < batch; n++)
    for (let ch = 0; ch < node.c; ch++)
      for (let row = 0; row < node.h; row++)
        for (let col = 0; col < node.w; col++) visit(i++, n, ch, row, col);
}
/** Candidates of each group: as many as its widest entry says. */
function groupWidths({ layers }: Network): Map<string, number> {
  const widths = new Map<string, number>();
  for (const layer of layers)
    if (layer.kind === "mix")
      for (const { group, op } of layer.terms)
        widths.set(group, Math.max(widths.get(group) ?? 0, op + 1));
  return widths;
}
