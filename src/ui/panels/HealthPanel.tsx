/** @file Each large lane's health: what stopping now would cost, needles of collapse, and flags with their reasons. */
import { formatNumber } from "../parts/format.ts";
import { NumberField } from "../parts/NumberField.tsx";
import { useActions, useEngine, useLive, useSampled, useView } from "../state/app.ts";
import { lookEvery } from "../state/health.ts";
import type { Lane } from "../state/lanes.ts";
import { ruleNames } from "../state/stop-wish.ts";
import { largeLanes } from "../state/view.ts";
import { evennessOf, flagsOf, gapIn, skipsIn, usualThresholds } from "../viz/health.ts";
import { FlagList } from "./FlagList.tsx";
import { GapMeter } from "./GapMeter.tsx";
import styles from "./HealthPanel.module.css";
import { selectRun, useLanes, usePreset } from "./use-lanes.ts";

export function HealthPanel() {
  const lanes = useLanes();
  const front = useView((view) => view.front);
  const space = usePreset()?.settings.space;
  const probes = useEngine((engine) => engine.catalog)?.probes;
  const has = (id: string) => !!probes?.find((p) => p.id === id)?.spaces.includes(space ?? "");
  if (!has("gap"))
    return (
      <p className="soft">This problem has no operations to choose, so there is nothing to cut.</p>
    );
  return (
    <>
      {largeLanes({ lanes, front }).map((lane) => (
        <LaneHealth key={lane.id} lane={lane} />
      ))}
      <Rules />
    </>
  );
}

function LaneHealth({ lane }: { readonly lane: Lane }) {
  const { lookNow } = useActions();
  const run = useSampled(useLive(lane.runId, selectRun));
  const thresholds = useView((view) => view.thresholds);
  const present = run?.records.length ?? 0;
  const skips = run?.latest && skipsIn(run.latest.genotype);
  const evenness = run?.latest && evennessOf(run.groups, run.latest.alpha);
  const lambda = run?.probed.findLast((p) => p.probe === "lambda" && p.step <= present);
  const names = ruleNames(useEngine((engine) => engine.catalog));
  const flags = run ? flagsOf(run, thresholds, names) : [];
  return (
    <section className={styles["lane"]} aria-label={`Health of lane ${lane.letter}`}>
      <GapMeter
        letter={lane.letter}
        gap={run && gapIn(run.probed, present)}
        steps={present}
        onNow={() => lookNow(lane.runId, "gap")}
      />
      <dl className={`${styles["needles"]} numbers`}>
        {skips !== undefined && (
          <div data-over={skips >= thresholds.skips}>
            <dt>skips, normal cell</dt>
            <dd>{skips}</dd>
          </div>
        )}
        {evenness !== undefined && (
          <div>
            <dt>undecided</dt>
            <dd>{(100 * evenness).toFixed(1)} %</dd>
          </div>
        )}
        <div>
          <dt>sharpness λ_max</dt>
          <dd>
            {lambda ? formatNumber(lambda.values["lambdaMax"] ?? Number.NaN) : "–"}{" "}
            <button
              type="button"
              className="button button-icon"
              aria-label={`Measure λ_max of lane ${lane.letter}`}
              onClick={() => lookNow(lane.runId, "lambda")}
            >
              now
            </button>
          </dd>
        </div>
      </dl>
      <FlagList flags={flags} />
    </section>
  );
}

const skipRange = { min: 1, max: 20, scale: "integer" } as const;
const growthRange = { min: 1, max: 100, scale: "linear" } as const;

/** When to look and when to plant a flag. */
function Rules() {
  const { setLook, setThreshold } = useActions();
  const looks = useView((view) => view.looks);
  const { skips, growth } = useView((view) => view.thresholds);
  const probes = useEngine((engine) => engine.catalog)?.probes;
  const costOf = (id: string) => probes?.find((p) => p.id === id)?.cost;
  return (
    <details className={styles["rules"]}>
      <summary>Looks and flags</summary>
      {(["gap", "lambda"] as const).map((look) => (
        <label key={look}>
          <input
            type="checkbox"
            checked={looks.includes(look)}
            onChange={({ target }) => setLook(look, target.checked)}
          />{" "}
          {look === "gap" ? "Gap" : "λ_max"} every {lookEvery} steps: {costOf(look)}
        </label>
      ))}
      <p>
        Flag at{" "}
        <NumberField
          label="Skips that plant a flag"
          range={skipRange}
          value={skips}
          onCommit={(value) => setThreshold("skips", value)}
        />{" "}
        skips (DARTS+: {usualThresholds.skips}), and where λ_max grows{" "}
        <NumberField
          label="Growth of λ_max that plants a flag"
          range={growthRange}
          value={growth}
          onCommit={(value) => setThreshold("growth", value)}
        />
        -fold (RobustDARTS: {usualThresholds.growth}). Such signs can reject good cells (DARTS-,
        arXiv:2009.01027): nothing is stopped.
      </p>
    </details>
  );
}
