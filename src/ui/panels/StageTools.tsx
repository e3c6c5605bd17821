/** @file Over the stage: which cell, X-ray, the table, and the sandbox of derivation rules. */
import { useState } from "react";
import { scoresChannels } from "../../genotype/widths.ts";
import type { AlphaGroup } from "../../protocol/spec.ts";
import { Segmented } from "../parts/Segmented.tsx";
import { useActions, useView } from "../state/app.ts";
import type { Lane } from "../state/lanes.ts";
import { DeriveSandbox } from "./DeriveSandbox.tsx";
import { groupName, stageNotes } from "./describe.ts";
import styles from "./StageTools.module.css";
import { usePreset, useRun } from "./use-lanes.ts";

const noGroups: readonly AlphaGroup[] = [];

export function StageTools({ lane }: { readonly lane: Lane }) {
  const { showCell, setXray, setTable } = useActions();
  const shown = useView((view) => view.cell);
  const isXray = useView((view) => view.isXray);
  const isTable = useView((view) => view.isTable);
  const hasRule = useView((view) => view.rule !== undefined);
  const now = useRun(lane, (run) => run.groups);
  // While a run is made anew its groups are not known, but they are likely those before: nothing moves meanwhile.
  const [groups, setGroups] = useState(noGroups);
  if (now && now.length > 0 && now !== groups) setGroups(now);
  const group = groups[shown];
  const note = stageNotes[usePreset()?.settings.task ?? ""];
  const [isOpen, setOpen] = useState(false);
  const canDerive = group?.kind === "choice";
  const isWhole = group !== undefined && scoresChannels(group) && !isTable;
  if (groups.length === 0) return <div className={styles["tools"]} data-part="tools" />;
  return (
    <div className={styles["tools"]} data-part="tools">
      {groups.length > 1 && !isWhole && (
        <Segmented
          label="Cell on show (N)"
          options={groups.map((group, i) => ({ value: String(i), label: groupName(group) }))}
          value={String(shown)}
          onChange={(value) => showCell(Number(value))}
        />
      )}
      <button
        type="button"
        className="button button-toggle"
        aria-pressed={isXray}
        title="Show none as a hole in the rope (X)"
        disabled={isTable || isWhole}
        onClick={() => setXray(!isXray)}
      >
        X-ray
      </button>
      <button
        type="button"
        className="button button-toggle"
        aria-pressed={isTable}
        title="α as a table of numbers (T)"
        onClick={() => setTable(!isTable)}
      >
        Table
      </button>
      {canDerive && (
        <button
          type="button"
          className="button button-toggle"
          aria-expanded={isOpen}
          data-on={hasRule}
          title="Derive the cell by another rule, at once"
          onClick={() => setOpen(!isOpen)}
        >
          {hasRule ? "Other rule" : "Derive"}
        </button>
      )}
      {note && <p className={`soft ${styles["note"]}`}>{note}</p>}
      {isOpen && group && canDerive && (
        <DeriveSandbox lane={lane} group={group} onClose={() => setOpen(false)} />
      )}
    </div>
  );
}
