/** @file What is searched and how: preset, seed, and each lane's method with its sliders. */
import { useId } from "react";
import type { Hyper, HyperSpec, Preset } from "../../protocol/spec.ts";
import { formatCount } from "../parts/format.ts";
import { HyperControl } from "../parts/HyperControl.tsx";
import { Icon } from "../parts/Icon.tsx";
import { NumberField } from "../parts/NumberField.tsx";
import { Segmented } from "../parts/Segmented.tsx";
import type { SharedHyper } from "../state/actions.ts";
import { useActions, useEngine, useView } from "../state/app.ts";
import { isReplay } from "../state/lanes.ts";
import { Differences } from "./Differences.tsx";
import { honestNotes } from "./describe.ts";
import { LaneSettings } from "./LaneSettings.tsx";
import { OwnData } from "./OwnData.tsx";
import { RecordedRuns } from "./RecordedRuns.tsx";
import { RunFiles } from "./RunFiles.tsx";
import styles from "./SetupPanel.module.css";
import { useLanes, usePreset } from "./use-lanes.ts";

/** Seeds are 32-bit unsigned integers. */
const seedRange = { min: 0, max: 2 ** 32 - 1, scale: "integer" } as const;

export function SetupPanel() {
  const { selectLane } = useActions();
  const lanes = useLanes();
  const selected = useView((view) => view.selected);
  const preset = usePreset();
  const lane = lanes.find((l) => l.id === selected) ?? lanes[0];
  return (
    <aside className={`panel ${styles["panel"]}`} aria-label="Setup">
      {isReplay(lanes) && <RecordedRuns />}
      {preset && <PresetPicker preset={preset} />}
      {preset && <SeedRow />}
      {lanes.length > 1 && (
        <Segmented
          label="Lane whose settings are shown"
          options={lanes.map((l) => ({
            value: l.id,
            label: lanes.length > 3 ? l.letter : `Lane ${l.letter}`,
          }))}
          value={lane?.id ?? ""}
          onChange={selectLane}
        />
      )}
      {preset && <Differences preset={preset} />}
      {preset && lane && <LaneSettings key={lane.id} lane={lane} preset={preset} />}
      {preset && <SharedSettings preset={preset} />}
      {preset && <OwnData />}
      {preset && <RunFiles />}
      {preset && <About preset={preset} />}
      {!preset && <p className="soft">The settings appear when the engine is ready.</p>}
    </aside>
  );
}

function PresetPicker({ preset }: { readonly preset: Preset }) {
  const { choosePreset } = useActions();
  const id = useId();
  const catalog = useEngine((engine) => engine.catalog);
  const { task, space, steps, batchSize, spaceHyper } = preset.settings;
  const sizes = Object.entries(catalog?.spaces.find((s) => s.id === space)?.hyper ?? {}).map(
    ([name, field]) => `${field.label} ${formatCount(spaceHyper[name] ?? field.default)}`,
  );
  const offered = (catalog?.spaces ?? []).flatMap((s) => {
    const presets = catalog?.presets.filter(
      ({ settings }) => settings.task === task && settings.space === s.id,
    );
    return presets && presets.length > 0 ? [{ id: s.id, label: s.label, presets }] : [];
  });
  const batch = batchSize > 1 ? [`batch ${batchSize}`] : [];
  return (
    <section className={styles["section"]}>
      <div className={styles["row"]}>
        <label htmlFor={id} className={styles["label"]}>
          Preset
        </label>
        <select
          id={id}
          className={`select ${styles["grow"]}`}
          value={preset.id}
          onChange={(event) => choosePreset(event.target.value)}
        >
          {offered.map(({ id: spaceId, label, presets }) => (
            <optgroup key={spaceId} label={label}>
              {presets.map((p) => (
                <option key={p.id} value={p.id}>
                  {p.label}
                </option>
              ))}
            </optgroup>
          ))}
        </select>
      </div>
      <p className="soft">{[...sizes, ...batch, `${formatCount(steps)} steps`].join(" · ")}</p>
    </section>
  );
}

/** Where the numbers and the examples come from, and what they are not. */
function About({ preset }: { readonly preset: Preset }) {
  const { task } = preset.settings;
  const entry = useEngine((engine) => engine.catalog)?.tasks.find((t) => t.id === task);
  return (
    <section className={`${styles["section"]} soft`} aria-label="About this problem">
      {honestNotes[task] && <p>{honestNotes[task]}</p>}
      {entry && (
        <p>
          {entry.summary} {entry.reference}.
        </p>
      )}
      <p>{preset.reference}.</p>
    </section>
  );
}

function SeedRow() {
  const { setSeed, newSeed } = useActions();
  const seed = useView((view) => view.setup.seed);
  return (
    <section className={styles["row"]}>
      <span className={styles["label"]} aria-hidden="true">
        Seed
      </span>
      <NumberField label="Seed" range={seedRange} value={seed} onCommit={setSeed} wide />
      <button
        type="button"
        className="button"
        title="Other initial weights and batches (Shift R)"
        onClick={newSeed}
      >
        <Icon name="dice" />
        New seed
      </button>
    </section>
  );
}

/** The space's sizes and the task's switches: the same for every lane. */
function SharedSettings({ preset }: { readonly preset: Preset }) {
  const { setShared } = useActions();
  const catalog = useEngine((engine) => engine.catalog);
  const setup = useView((view) => view.setup);
  const { space, task, spaceHyper, taskHyper } = preset.settings;
  const shared: readonly [SharedHyper, HyperSpec | undefined, Hyper][] = [
    ["spaceHyper", catalog?.spaces.find((s) => s.id === space)?.hyper, spaceHyper],
    ["taskHyper", catalog?.tasks.find((t) => t.id === task)?.hyper, taskHyper],
  ];
  const fields = shared.flatMap(([where, spec, fromPreset]) =>
    Object.entries(spec ?? {}).map(([name, field]) => {
      const base = fromPreset[name] ?? field.default;
      return { where, name, field: { ...field, default: base }, value: setup[where][name] ?? base };
    }),
  );
  if (fields.length === 0) return null;
  return (
    <details className={styles["section"]}>
      <summary className={styles["label"]}>Space and data</summary>
      {fields.map(({ where, name, field, value }) => (
        <HyperControl
          key={`${where}.${name}`}
          field={field}
          value={value}
          onChange={(to) => setShared(where, name, to)}
        />
      ))}
    </details>
  );
}
