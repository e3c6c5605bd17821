/** @file Small networks around every kind of layer, in shapes that break careless kernels. */
import { NetworkBuilder } from "../../src/engine/network/builder.ts";
import type { MixTerm, Network, Value } from "../../src/engine/network/network.ts";

export interface LayerNetwork {
  readonly name: string;
  readonly network: Network;
  readonly batch: number;
}
type Image = readonly [channels: number, height: number, width: number];
type Write = (b: NetworkBuilder, x: Value) => Value;

/** input → 1×1 convolution → norm → what is tested → average → linear: gradients reach both sides of it. */
function around(input: Image, channels: number, write: Write): Network {
  const b = new NetworkBuilder();
  const x = b.norm(b.conv(b.input(input), "before", channels, 1, 1));
  return b.finish(b.linear(b.average(write(b, x)), "fc_w", "fc_b", 3));
}
const terms = (values: readonly (Value | undefined)[], edge = 0): MixTerm[] =>
  values.map((value, op) => ({ group: "g", edge, op, ...(value === undefined ? {} : { value }) }));
const shapes: readonly (readonly [
  channels: number,
  height: number,
  width: number,
  batch: number,
])[] = [
  [1, 5, 7, 3],
  [3, 6, 4, 4],
  [4, 8, 8, 6],
  [5, 1, 3, 5],
];

function windows(): LayerNetwork[] {
  return shapes.flatMap(([c, h, w, batch]) =>
    ([1, 2] as const).flatMap((stride) => {
      const at = `${c}×${h}×${w}, batch ${batch}, stride ${stride}`;
      const make = (name: string, write: Write): LayerNetwork => ({
        name: `${name}, ${at}`,
        network: around([2, h, w], c, write),
        batch,
      });
      return [
        ...([1, 3, 5] as const).map((k) =>
          make(`conv ${k}×${k}`, (b, x) => b.norm(b.conv(b.relu(x), "w", 3, k, stride))),
        ),
        ...([3, 5] as const).flatMap((k) =>
          ([1, 2] as const).map((d) =>
            make(`depthwise ${k}×${k}, dilation ${d}`, (b, x) =>
              b.norm(b.depthwise(b.relu(x), "w", k, d, stride)),
            ),
          ),
        ),
        make("max pool", (b, x) => b.pool(x, "max", stride)),
        make("average pool", (b, x) => b.pool(x, "average", stride)),
        make("both pools of one source", (b, x) =>
          b.sum([b.norm(b.pool(x, "max", stride)), b.pool(x, "average", stride)]),
        ),
      ];
    }),
  );
}

function pointwise(): LayerNetwork[] {
  const writes: Readonly<Record<string, Write>> = {
    norm: (b, x) => b.norm(b.relu(x)),
    "affine norm, its ReLU and itself": (b, x) => {
      const y = b.affineNorm(b.conv(x, "w", 4, 1, 1), "gamma", "beta");
      return b.sum([y, b.conv(b.relu(y), "v", 4, 1, 1)]);
    },
    "scored channels, two norms with the same scores": (b, x) => {
      const y = b.gatedNorm(b.conv(x, "w", 4, 1, 1), "g");
      return b.sum([y, b.gatedNorm(b.conv(b.relu(y), "v", 4, 3, 1), "g")]);
    },
    "a ReLU that pools read": (b, x) => b.pool(b.relu(x), "max", 1),
    "a ReLU behind a convolution": (b, x) => b.conv(b.relu(b.conv(x, "w", 5, 1, 1)), "v", 2, 3, 1),
    "a ReLU of a ReLU": (b, x) => b.conv(b.relu(b.relu(x)), "w", 2, 1, 1),
    "relu, conv, norm twice": (b, x) => {
      const y = b.norm(b.conv(b.relu(x), "w", 4, 3, 1));
      return b.norm(b.conv(b.relu(y), "v", 3, 3, 1));
    },
    "a sum with a residual": (b, x) => {
      const y = b.norm(b.conv(b.relu(x), "w", b.shape(x)[0] as number, 3, 1));
      return b.sum([x, y, b.relu(x)]);
    },
    "a sum of the same value twice": (b, x) => {
      const y = b.norm(b.conv(b.relu(x), "w", 3, 3, 1));
      return b.sum([y, b.sum([y]), b.relu(b.sum([y, y]))]);
    },
    "a concat in place and its ReLU": (b, x) => {
      const parts = [b.norm(b.conv(x, "u", 2, 1, 1)), b.depthwise(x, "v", 3, 1, 1)];
      const y = b.concat(parts);
      return b.sum([
        b.conv(b.relu(y), "w", 3, 1, 1),
        b.conv(parts[0] as Value, "z", 3, 1, 1),
        b.conv(y, "y", 3, 3, 1),
      ]);
    },
    "a concat within a concat": (b, x) => {
      const inner = b.concat([b.conv(x, "u", 2, 1, 1), b.conv(x, "v", 1, 3, 1)]);
      const shared = b.norm(inner);
      return b.concat([b.concat([inner, b.relu(shared)]), b.conv(shared, "w", 2, 1, 1)]);
    },
    "a concat of the same value twice": (b, x) =>
      b.conv(b.relu(b.concat([x, x, b.relu(x)])), "w", 2, 1, 1),
    "a mixture of norms, a skip and none": (b, x) => {
      const shape = b.shape(x);
      const [c] = shape as [number];
      const pools = [b.norm(b.pool(x, "max", 1)), b.norm(b.pool(x, "average", 1))];
      const conv = b.norm(b.conv(b.relu(x), "w", c, 1, 1));
      const first = b.mix(terms([undefined, ...pools, x, conv]), shape);
      return b.mix(
        [
          ...terms([undefined, ...pools, x, b.norm(b.conv(b.relu(x), "v", c, 1, 1))], 1),
          ...terms([x, first, b.norm(b.pool(first, "max", 1)), b.relu(first)], 2),
        ],
        shape,
      );
    },
    "a pool in a mixture, its sibling in a sum": (b, x) => {
      const mixed = b.mix(terms([b.norm(b.pool(x, "max", 1)), x]), b.shape(x));
      return b.mix(terms([mixed, b.sum([x, b.pool(x, "average", 1)])], 1), b.shape(x));
    },
    "a mixture of nothing": (b, x) => b.sum([x, b.mix(terms([undefined, undefined]), b.shape(x))]),
  };
  return Object.entries(writes).flatMap(([name, write]) =>
    shapes.slice(0, 3).map(([c, h, w, batch]) => ({
      name: `${name}, ${c}×${h}×${w}, batch ${batch}`,
      network: around([2, h, w], c, write),
      batch,
    })),
  );
}

function halves(): LayerNetwork[] {
  const reduce: Write = (b, x) =>
    b.norm(
      b.concat([
        b.conv(b.halve(b.relu(x), 0), "a", 1, 1, 1),
        b.conv(b.halve(b.relu(x), 1), "b", 2, 1, 1),
      ]),
    );
  return [
    { name: "factorised reduce", network: around([2, 6, 4], 3, reduce), batch: 5 },
    {
      name: "halves of a shared value",
      network: around([1, 4, 4], 2, (b, x) =>
        b.concat([reduce(b, x), b.halve(x, 1), b.norm(b.halve(x, 0))]),
      ),
      batch: 4,
    },
  ];
}

/** Every kind of layer, a spread of shapes. */
export const layerNetworks = (): LayerNetwork[] => [...windows(), ...pointwise(), ...halves()];
