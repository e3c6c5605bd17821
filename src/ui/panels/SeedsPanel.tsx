/** @file Several seeds of one lane: start and stop them, the fan of their losses, and what they agree on. */
import { useState } from "react";
import { plural } from "../parts/format.ts";
import { NumberField } from "../parts/NumberField.tsx";
import { useActions, usePlayground, useView } from "../state/app.ts";
import { ofProblem, type Study, seedsOf } from "../state/seeds.ts";
import { Agreement } from "./Agreement.tsx";
import { isToy } from "./describe.ts";
import { Ranks } from "./Ranks.tsx";
import { RecordedSeeds } from "./RecordedSeeds.tsx";
import { SeedButtons } from "./SeedButtons.tsx";
import { SeedFans } from "./SeedFans.tsx";
import styles from "./SeedsPanel.module.css";
import { useLanes, useMethod, usePreset } from "./use-lanes.ts";

const seedRange = { min: 0, max: 2 ** 32 - 1, scale: "integer" } as const;
const countRange = { min: 1, max: 50, scale: "integer" } as const;

export function SeedsPanel() {
  const { startSeeds, stopSeeds } = seedsOf(usePlayground());
  const lanes = useLanes();
  const selected = useView((view) => view.selected);
  const study = useView((view) => ofProblem(view.study, view));
  const isRunning = useView((view) => view.study?.isRunning) ?? false;
  const preset = usePreset();
  const hasDice = !isToy(preset);
  const most = preset?.settings.steps ?? 1;
  const lane = lanes.find(({ id }) => id === selected) ?? lanes[0];
  const method = useMethod(lane?.method ?? "")?.label;
  const [first, setFirst] = useState(1);
  const [count, setCount] = useState(5);
  const [steps, setSteps] = useState(100);
  return (
    <>
      <p className={styles["plan"]}>
        <NumberField label="Number of seeds" range={countRange} value={count} onCommit={setCount} />
        seeds from
        <NumberField label="First seed" range={seedRange} value={first} onCommit={setFirst} />
        ,
        <NumberField
          label="Steps a seed"
          range={{ min: 1, max: most, scale: "integer" }}
          value={Math.min(steps, most)}
          onCommit={setSteps}
        />
        steps each
        {isRunning ? (
          <button type="button" className="button" onClick={stopSeeds}>
            Stop seeds
          </button>
        ) : (
          <button
            type="button"
            className="button"
            disabled={!lane}
            onClick={() =>
              lane && startSeeds(lane.id, { first, count, steps: Math.min(steps, most) })
            }
          >
            Run seeds
          </button>
        )}
      </p>
      {isRunning && !study && (
        <p className="soft" role="note">
          Seeds of another problem are still running.
        </p>
      )}
      {!study && hasDice && (
        <p className="soft">
          One run is an anecdote. Here {method} of lane {lane?.letter} is run with several seeds,
          one after another.
        </p>
      )}
      {!hasDice && (
        <p className="soft">
          The toy draws nothing: every seed gives the same run. What varies is where it begins; 20
          starts, above the plane, tries that.
        </p>
      )}
      {study && <Outcome study={study} />}
      {lane && <SeedFans lane={lane} />}
      <RecordedSeeds />
    </>
  );
}

function Outcome({ study }: { readonly study: Study }) {
  const { setSeed } = useActions();
  const { results, plan, letter, isRunning } = study;
  const method = useMethod(study.method)?.label ?? study.method;
  const failed = results.filter(({ genotype }) => !genotype).length;
  return (
    <>
      <p className="soft numbers" role="note">
        {method} of lane {letter}: {results.length} of {plural(plan.count, "seed")} done
        {isRunning ? "…" : "."} {failed > 0 && `${failed} failed.`}
      </p>
      <Agreement study={study} which="study" />
      <Ranks study={study} />
      {results.length > 0 && !isRunning && (
        <SeedButtons
          title="Search again with seed"
          seeds={results.map(({ seed }) => seed)}
          onPress={setSeed}
        />
      )}
    </>
  );
}
