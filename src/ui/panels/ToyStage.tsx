/** @file The solvable model: every lane's trajectory and the end that algebra predicts, with the numbers of now beneath. */

import { useMemo } from "react";
import type { Hyper } from "../../protocol/spec.ts";
import { PhasePlane } from "../charts/PhasePlane.tsx";
import { useEngine, useLive, useSampled, useView } from "../state/app.ts";
import { hyperOf, type Lane, optimizerOf } from "../state/lanes.ts";
import type { RunView } from "../state/store.ts";
import { type ToyEnd, toyEnd } from "../viz/toy-end.ts";
import { LaneHead } from "./LaneHead.tsx";
import styles from "./ToyStage.module.css";
import { useCurves, useLanes, usePreset } from "./use-lanes.ts";

export function ToyStage() {
  const lanes = useLanes();
  const curves = useCurves();
  const ends = useEnds(lanes);
  const start = useStart();
  return (
    <>
      <p className="soft">
        L<sub>val</sub> = αw − 2α + 1, L<sub>train</sub> = (w − α)². Best: α = w = 1. A ring is
        where its lane will end.
      </p>
      <div className={styles["plane"]}>
        <PhasePlane
          start={start}
          lanes={curves.map((curve, i) => ({ ...curve, end: ends[i] ?? noEnd }))}
        />
      </div>
      <div className={styles["ends"]}>
        {lanes.map((lane) => (
          <section key={lane.id} aria-label={`Lane ${lane.letter}`} data-lane={lane.letter}>
            <LaneHead lane={lane} />
            <NowText lane={lane} />
          </section>
        ))}
      </div>
    </>
  );
}

const noEnd: ToyEnd = { kind: "none", reason: "the method is not known yet" };

/** Where each lane ends at the settings that its sliders show. */
function useEnds(lanes: readonly Lane[]): readonly ToyEnd[] {
  const catalog = useEngine((engine) => engine.catalog);
  const preset = usePreset();
  return lanes.map((lane) => {
    const method = catalog?.methods.find((m) => m.id === lane.method);
    if (!method || !preset) return noEnd;
    return toyEnd(method.id, hyperOf(method, preset, lane), {
      weights: optimizerOf(preset, lane, "weights"),
      alpha: optimizerOf(preset, lane, "alpha"),
    });
  });
}

/** Where the search starts: the user's wish, the preset's, or the space's own default. */
function useStart(): { readonly alpha: number; readonly w: number } {
  const fields = useEngine((engine) => engine.catalog)?.spaces.find((s) => s.id === "toy")?.hyper;
  const preset = usePreset();
  const wished = useView((view) => view.setup.spaceHyper);
  const set: Hyper = { ...preset?.settings.spaceHyper, ...wished };
  const alpha = set["alpha0"] ?? fields?.["alpha0"]?.default ?? 0;
  const w = set["w0"] ?? fields?.["w0"]?.default ?? 0;
  return useMemo(() => ({ alpha, w }), [alpha, w]);
}

const selectValues = (run: RunView | undefined) => run?.records.at(-1)?.values;

function NowText({ lane }: { readonly lane: Lane }) {
  const values = useSampled(useLive(lane.runId, selectValues));
  if (!values) return <p className="soft">Press Play to see it move.</p>;
  const names: Readonly<Record<string, string>> = { alpha: "α" };
  const now = Object.entries(values).map(([n, v]) => `${names[n] ?? n} = ${v.toFixed(4)}`);
  return <p className="soft numbers">Now {now.join(", ")}</p>;
}
