/** @file What a link says, as rows of words: the problem, its seed, every lane with what was changed, what is hidden. */
import type { Catalog } from "../../protocol/catalog.ts";
import type { Hyper, HyperSpec } from "../../protocol/spec.ts";
import { decks } from "../lessons/index.ts";
import { formatNumber } from "../parts/format.ts";
import { presetOf } from "../state/lanes.ts";
import type { Hideable } from "../state/mode.ts";
import { fieldsOf, laneFields, type Settings } from "../state/settings.ts";
import { ruleNames } from "../state/stop-wish.ts";
import { hideNames } from "./EmbedLink.tsx";

/** What a row is about, and what it says. */
export type ReceiptRow = readonly [about: string, says: string];

/** In the order of the page; nothing for a preset that the catalog does not know. */
export function receiptRows(catalog: Catalog, settings: Settings): readonly ReceiptRow[] {
  const { setup, rate, lanes, page } = settings;
  const preset = presetOf(catalog, setup);
  if (!preset) return [];
  const labelOf = (of: readonly { readonly id: string; readonly label: string }[], id: string) =>
    of.find((entry) => entry.id === id)?.label ?? id;
  const { space, task } = fieldsOf(catalog, preset);
  const shared = [...changesOf(space, setup.spaceHyper), ...changesOf(task, setup.taskHyper)];
  const rules = ruleNames(catalog);
  const deck = page?.lesson && decks.find(({ id }) => id === page.lesson?.deck);
  return [
    ["Task", labelOf(catalog.tasks, preset.settings.task)],
    ["Space", labelOf(catalog.spaces, preset.settings.space)],
    ["Preset", preset.label],
    ["Seed", String(setup.seed)],
    ...lanes.map((lane, i): ReceiptRow => {
      const fields = laneFields(catalog, preset, lane.method);
      const said = [
        ...changesOf(fields.hyper, lane.hyper),
        ...changesOf(fields.weights, lane.optimizers.weights),
        ...changesOf(fields.alpha, lane.optimizers.alpha),
        ...(lane.genotype === undefined ? [] : ["a genotype of its own"]),
        ...(lane.stop
          ? [`watched by ${lane.stop.rules.map((id) => rules[id] ?? id).join(", ")}`]
          : []),
      ];
      const method = labelOf(catalog.methods, lane.method);
      return [
        `Lane ${"ABCDEFGH"[i]}`,
        `${method}; ${said.length > 0 ? said.join(", ") : "nothing changed"}`,
      ];
    }),
    ...(shared.length > 0 ? [["Sizes", shared.join(", ")] as const] : []),
    ...(rate === undefined
      ? []
      : [["Speed", `${formatNumber(rate)} steps a second at most`] as const]),
    ...(deck && page?.lesson
      ? [["Lesson", `${deck.title}, chapter ${page.lesson.chapter + 1}`] as const]
      : []),
    ...(page?.hide
      ? [["Hidden", page.hide.map((part: Hideable) => hideNames[part]).join(", ")] as const]
      : []),
  ];
}

/** "Look-ahead ξ 0.5", one a changed value. */
const changesOf = (spec: HyperSpec, values: Hyper): readonly string[] =>
  Object.entries(values).flatMap(([name, value]) => {
    const field = spec[name];
    if (!field) return [];
    if (field.scale === "switch") return [`${field.label} ${value ? "on" : "off"}`];
    return [`${field.label} ${formatNumber(value)}`];
  });
