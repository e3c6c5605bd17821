/** @file The stop rules that a lane wishes: which of them its preset's space offers, and repaired from anything. */
import type { Catalog } from "../../protocol/catalog.ts";
import type { Preset, StopSpec } from "../../protocol/spec.ts";

/** Rules that see something in the preset's space. */
export const stopRulesFor = (catalog: Catalog, { settings }: Preset): Catalog["stopRules"] =>
  catalog.stopRules.filter(({ spaces }) => spaces.includes(settings.space));

/** What the engine's rules are called, by their ids. */
export const ruleNames = (catalog: Catalog | undefined): Readonly<Record<string, string>> =>
  Object.fromEntries((catalog?.stopRules ?? []).map(({ id, label }) => [id, label]));

/** What of a wish is in force: rules that are offered, in the catalog's order. Undefined if none is left. */
export function stopIn(
  offered: Catalog["stopRules"],
  wish: StopSpec | undefined,
): StopSpec | undefined {
  const rules = offered.map(({ id }) => id).filter((id) => wish?.rules.includes(id));
  return wish && rules.length > 0 ? { rules, ends: wish.ends } : undefined;
}

/** The wish with one rule more or less; undefined once there is none. */
export function withStopRule(
  wish: StopSpec | undefined,
  id: string,
  isOn: boolean,
): StopSpec | undefined {
  const others = (wish?.rules ?? []).filter((rule) => rule !== id);
  const rules = isOn ? [...others, id] : others;
  return rules.length > 0 ? { rules, ends: wish?.ends ?? false } : undefined;
}

/** From anything, as an entry to spread; every repair is told. */
export function stopFrom(
  given: unknown,
  offered: Catalog["stopRules"],
  where: string,
  say: (repair: string) => void,
): { readonly stop?: StopSpec } {
  if (given === undefined) return {};
  const { rules, ends } = (given ?? {}) as { readonly rules?: unknown; readonly ends?: unknown };
  if (!Array.isArray(rules)) {
    say(`${where}stop rules were not readable; none watches.`);
    return {};
  }
  const known = offered.map(({ id }) => id).filter((id) => rules.includes(id));
  const isOffered = (rule: unknown) => known.some((id) => id === rule);
  if (!rules.every(isOffered) || rules.length !== known.length)
    say(
      `${where}stop rules ${JSON.stringify(rules).slice(0, 60)}: here are ${offered.map(({ id }) => id).join(", ") || "none"}; ${known.join(", ") || "none"} will watch.`,
    );
  else if (known.some((id, i) => id !== rules[i]))
    say(`${where}stop rules are put in order: ${known.join(", ")}.`);
  if (known.length === 0) return {};
  if (typeof ends !== "boolean")
    say(`${where}stop rules: whether a flag ends the run is not said; it does not.`);
  return { stop: { rules: known, ends: ends === true } };
}
