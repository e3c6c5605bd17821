/** @file The page as lecture notes. */
import type { Playground } from "../state/app.ts";
import { presetOf } from "../state/lanes.ts";
import { cellPicture, toSvg } from "../viz/cell-picture.ts";
import { type LaneNotes, lectureNotes } from "../viz/notes.ts";
import { bestOf, upperLoss } from "../viz/race.ts";
import { groupName, isToy } from "./describe.ts";

/** Markdown, with pictures for a white page. */
export function notesOf({ client, view, log }: Playground): string {
  const { catalog, runs } = client.store.getState();
  const { lanes, setup } = view.getState();
  const preset = catalog && presetOf(catalog, setup);
  const notes = lanes.flatMap(({ letter, runId, method: id }): readonly LaneNotes[] => {
    const run = runId === undefined ? undefined : runs[runId];
    if (!run?.latest) return [];
    const { alpha, genotype } = run.latest;
    const method = catalog?.methods.find((m) => m.id === id)?.label ?? id;
    const pictures = run.groups.flatMap((group) => {
      const own = alpha[group.name];
      const title = `${groupName(group)}, ${method}, step ${run.records.length}`;
      if (!own || group.kind !== "choice") return [];
      const kept = genotype.groups[group.name];
      const made = cellPicture({ group, alpha: own, kept, forces: [], title, theme: "light" });
      return [{ name: groupName(group), svg: toSvg(made) }];
    });
    return [
      {
        letter,
        method,
        steps: run.records.length,
        score: isToy(preset)
          ? upperLoss(run.records.at(-1)?.values?.["alpha"])
          : bestOf(run.records)?.loss,
        gradients: run.costs?.at(-1)?.gradients,
        genotype: genotype.text,
        pictures,
      },
    ];
  });
  const title = `${preset?.label ?? "A search"}, seed ${setup.seed}`;
  const measure = isToy(preset)
    ? "true validation loss (α − 1)²"
    : "lowest validation loss of a batch";
  return lectureNotes(title, measure, notes, log.get());
}
