/** @file What a link says of the runs behind it, repaired from anything: how far they came, and who computed them. */
import type { BackendId } from "../../protocol/spec.ts";
import { decodeDigest } from "../viz/digest.ts";
import type { LaneSettings, Maker } from "./settings.ts";

type Say = (repair: string) => void;

/** Of one lane: a digest as text, or nothing. */
export function reachedFrom(
  given: unknown,
  where: string,
  say: Say,
): Pick<LaneSettings, "reached"> {
  if (given === undefined) return {};
  if (typeof given === "string" && decodeDigest(given)) return { reached: given };
  say(`${where}what its run had come to cannot be read: ${quoted(given)}; it is left out.`);
  return {};
}

const backends: readonly BackendId[] = ["webgpu", "webgl", "wasm", "cpu"];

/** A version and a backend; undefined where either is missing. */
export function makerFrom(given: unknown, say: Say): Maker | undefined {
  if (given === undefined) return undefined;
  const { app, backend } = (given ?? {}) as { readonly app?: unknown; readonly backend?: unknown };
  const known = backends.find((id) => id === backend);
  if (typeof app === "string" && /^[\w.+-]{1,24}$/.test(app) && known)
    return { app, backend: known };
  say(`Who made the link cannot be read: ${quoted(given)}; it is left out.`);
  return undefined;
}

/** As much of it as fits into a sentence. */
export function quoted(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
