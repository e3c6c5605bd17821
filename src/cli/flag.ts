/** @file A stop rule's flag as a line of text or JSON. */
import type { Flag } from "../protocol/messages.ts";

/** Where it stands, why, and which genotype it would return. */
export const flagLine = (flag: Flag, json: boolean): string => {
  const { rule, steps, why, of, genotype } = flag;
  if (json)
    return JSON.stringify({ flag: { ...flag, genotype: genotype.groups, text: genotype.text } });
  return `flag ${rule} after ${steps} steps: ${why}; of step ${of}: ${genotype.text}`;
};
