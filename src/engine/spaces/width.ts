/**
 * @file Width search: how many channels each layer of a small residual network keeps (RARTS, arXiv:2008.03901, channel
 * search; reconstructed, with network slimming's mechanics, arXiv:1708.06519). A channel's α scales it after its norm.
 */
import { type Tensor2D, tensor1d, tensor2d } from "@tensorflow/tfjs-core";
import { printGenotype } from "../../genotype/formats.ts";
import { keptChannels, sizeEdges } from "../../genotype/widths.ts";
import type { AlphaGroup, Genotype } from "../../protocol/spec.ts";
import { integer, linear } from "../core/hyper.ts";
import { SpecError } from "../errors.ts";
import type { AlphaValues, SearchSpace, Supernet, TaskSignature } from "../problem.ts";
import { cellNet } from "./cell-net.ts";
import { type Images, type WidthSize, widthGroups, writeWidths } from "./width-net.ts";
import { chooseChannels, filtersOf, inherit } from "./width-prune.ts";

type Size = WidthSize & { readonly prune: number };

export const width: SearchSpace<Size> = {
  id: "width",
  label: "Layer widths",
  summary:
    "How wide should each layer be? Every channel of a small residual network has a score; the weakest are pruned, and what is left is a smaller network.",
  reference:
    "channel search of RARTS, arXiv:2008.03901, reconstructed from its abstract with the mechanics of network slimming, arXiv:1708.06519",
  hyper: {
    stages: integer(
      "Stages",
      "Runs of blocks; each halves the image of the one before and has twice its channels.",
      2,
      1,
      3,
      false,
    ),
    blocks: integer("Blocks per stage", "Residual blocks of two convolutions.", 1, 1, 6, false),
    channels: integer(
      "Channels C",
      "Channels of the first stage's layers before anything is pruned.",
      8,
      2,
      36,
      false,
    ),
    prune: linear(
      "Prune",
      "Share of all channels that the result leaves out: those of the smallest |α|, at least one a layer stays.",
      0.4,
      0,
      0.95,
      false,
    ),
  },
  accepts: (signature) => signature.kind === "image",
  supernet(signature, size) {
    const images = imagesOf(signature);
    const groups = widthGroups(size);
    const widths = groups.map(({ edges }) => edges.length);
    const full = writeWidths(images, size, { groups, widths }, "search");
    const at = (narrow: readonly number[]) =>
      writeWidths(images, size, { groups, widths: narrow }, "training");
    const scoresOf = (alpha: AlphaValues) => groups.map(({ name }) => alpha[name] as Float32Array);
    const derive: Supernet["derive"] = (alpha) =>
      genotypeOf(keptChannels(scoresOf(alpha), size.prune).map(({ length }) => length));
    return {
      ...cellNet(groups, full.network, derive),
      ...scored(groups, () => 1),
      filters: filtersOf(full, groups),
      prune(alpha, weights, by) {
        const scores = scoresOf(alpha);
        const flat = weights["weights"] as Float32Array;
        const parametersAt = (narrow: readonly number[]) => at(narrow).network.weightCount;
        const wanted = { ...by, quantile: by.quantile ?? size.prune };
        const kept = chooseChannels(full, scores, flat, wanted, parametersAt);
        const narrow = kept.map(({ length }) => length);
        return {
          genotype: genotypeOf(narrow),
          weights: { weights: tensor1d(inherit(full, at(narrow), kept, scores, flat)) },
        };
      },
    };
  },
  derived(signature, size, genotype) {
    const images = imagesOf(signature);
    const groups = widthGroups(size);
    const widths = readWidths(groups, genotype);
    const { network } = writeWidths(images, size, { groups, widths }, "training");
    const result = genotypeOf(widths);
    return {
      ...cellNet(groups, network, () => result),
      ...scored(groups, (layer, c) => (c < (widths[layer] as number) ? 1 : 0)),
    };
  },
};

function imagesOf(signature: TaskSignature): Images {
  if (signature.kind !== "image")
    throw new SpecError(`width needs an image task; this one is "${signature.kind}"`);
  return signature;
}

function genotypeOf(widths: readonly number[]): Genotype {
  const genotype = { space: "width", groups: { width: sizeEdges(widths) } };
  return { ...genotype, text: printGenotype(genotype) };
}

/** Scores are what channels are scaled by: no softmax between them. */
const scored = (groups: readonly AlphaGroup[], first: (layer: number, channel: number) => number) =>
  ({
    initAlpha: () =>
      Object.fromEntries(
        groups.map(({ name, edges }, layer) => [
          name,
          tensor2d(edges.map((_, channel) => [first(layer, channel)])),
        ]),
      ),
    relax: (alpha) => ({ weights: alpha as Readonly<Record<string, Tensor2D>> }),
    pullBack: (_, gradient) => gradient,
  }) satisfies Partial<Supernet>;

/** Throws `SpecError` unless the genotype has a width for each layer, no larger than the layer is at this size. */
function readWidths(groups: readonly AlphaGroup[], genotype: Genotype["groups"]): number[] {
  const listed = genotype["width"];
  if (!listed)
    throw new SpecError(
      `the genotype has no group "width" but ${Object.keys(genotype).join(", ") || "none"}; a size string such as 8:16 has`,
    );
  if (listed.length !== groups.length)
    throw new SpecError(
      `the genotype has ${listed.length} layers; there are ${groups.length} at this size`,
    );
  return listed.map(({ op }, layer) => {
    const most = groups[layer]?.edges.length as number;
    const channels = Number(op);
    if (!Number.isInteger(channels) || channels < 1 || channels > most)
      throw new SpecError(
        `layer ${layer + 1} of the genotype has ${op} channels; 1 to ${most} are allowed at this size`,
      );
    return channels;
  });
}
