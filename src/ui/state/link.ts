/** @file Settings ↔ the part of an address behind "#": a version digit, then the settings, packed and spelt URL-safe. */
import { deflateSync, inflateSync, strFromU8, strToU8 } from "fflate";
import type { Catalog } from "../../protocol/catalog.ts";
import { type Repaired, repairSettings } from "./repair-settings.ts";
import type { Settings } from "./settings.ts";

/** The version that is written. Every version that was ever written is read (test/fixtures/links). */
const version = "1";
/** Longer ones are refused before anything is unpacked. */
const longest = 16_384;
/** What unpacks to more is cut off, and so is no settings. */
const mostBytes = 65_536;

/** "#1…": what `decodeLink` reads. */
export function encodeLink({ setup, rate, lanes, page, by }: Settings): string {
  const json = JSON.stringify({
    setup,
    ...(rate !== undefined && { rate }),
    lanes,
    ...(page && { page }),
    ...(by && { by }),
  });
  const bytes = deflateSync(strToU8(json), { level: 9 });
  const base64 = btoa(String.fromCharCode(...bytes));
  return `#${version}${base64.replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "")}`;
}

/**
 * Valid settings from the end of any address, with every repair told. Never throws: what cannot be read at all gives the
 * first preset and says why.
 */
export function decodeLink(catalog: Catalog, hash: string): Repaired {
  const read = unpack(hash.replace(/^#/, ""));
  if ("reason" in read) {
    const { settings } = repairSettings(catalog, {});
    return { settings, repairs: [`The link could not be read: ${read.reason}`] };
  }
  return repairSettings(catalog, read.json);
}

function unpack(text: string): { readonly json: unknown } | { readonly reason: string } {
  if (text.length > longest)
    return { reason: `it is ${text.length} characters long; at most ${longest} are read.` };
  if (!text.startsWith(version))
    return {
      reason: `its version is ${text[0] ?? "missing"}; this page reads version ${version}.`,
    };
  try {
    const base64 = text.slice(1).replaceAll("-", "+").replaceAll("_", "/");
    const packed = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
    const bytes = inflateSync(packed, { out: new Uint8Array(mostBytes) });
    return { json: JSON.parse(strFromU8(bytes)) };
  } catch {
    return { reason: "it is damaged or cut off." };
  }
}
