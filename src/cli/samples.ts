/** @file Text that a run has drawn, for the end of a search. */
import type { Run } from "../engine/index.ts";
import type { Samples } from "../protocol/messages.ts";

/** Nats to bits. */
const bits = (nats: number): string => (nats / Math.LN2).toFixed(3);

/** "2.912 bits per character" for a loss in nats. */
export const bitsPerCharacter = (nats: number): string => `${bits(nats)} bits per character`;

/** As learnt: temperature 1. */
export const drawn = (run: Run): Promise<Samples> => run.samples(1);

/** A heading, then one piece of text a line. */
export function sampleLines({ supernet, derived }: Samples): readonly string[] {
  const list = (title: string, texts: readonly string[]) => [
    title,
    ...texts.map((text) => `  ${JSON.stringify(text).slice(1, -1)}`),
  ];
  return [
    ...list(`drawn from the ${derived.length > 0 ? "supernet" : "network"}:`, supernet),
    ...(derived.length > 0
      ? list("drawn from the derived cell with the supernet's weights:", derived)
      : []),
  ];
}
