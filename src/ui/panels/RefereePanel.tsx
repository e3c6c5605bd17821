/** @file The referee: whether a lane's cell is better than luck, and how sure that is. */
import { useCallback, useEffect, useState } from "react";
import { LuckChart } from "../charts/LuckChart.tsx";
import { formatCount, formatDuration, plural } from "../parts/format.ts";
import { NumberField } from "../parts/NumberField.tsx";
import { useEngine, usePlayground, useView } from "../state/app.ts";
import {
  type JudgedCell,
  type Luck,
  luckOf,
  problemOf,
  refereeOf,
  trainerOf,
} from "../state/referee.ts";
import { type Standing, standingOf } from "../viz/luck.ts";
import { randomCells } from "../viz/random-cells.ts";
import { honestNotes } from "./describe.ts";
import styles from "./RefereePanel.module.css";
import { useLanes, useMethod, usePreset } from "./use-lanes.ts";

const stepsRange = { min: 1, max: 100_000, scale: "integer" } as const;
const countRange = { min: 1, max: 500, scale: "integer" } as const;
/** Trainings shorter than a pass over the images rank little. */
const usualSteps = randomCells.steps;

export function RefereePanel() {
  const { knowLuck } = refereeOf(usePlayground());
  const catalog = useEngine((engine) => engine.catalog);
  const preset = usePreset();
  const setup = useView((view) => view.setup);
  const luck = useView(luckOf);
  const problem = problemOf(setup);
  const isRecorded =
    problem === problemOf({ ...setup, preset: randomCells.preset, spaceHyper: {}, taskHyper: {} });
  const hasLuck = luck !== undefined;
  const begin = useCallback(
    (steps: number) =>
      knowLuck(steps, isRecorded && steps === usualSteps ? randomCells.accuracies : []),
    [isRecorded, knowLuck],
  );
  useEffect(() => {
    if (!hasLuck) begin(usualSteps);
  }, [hasLuck, begin]);
  if (!catalog || !preset || trainerOf(catalog, setup) === undefined)
    return (
      <p className="soft">There is no architecture to train alone here, so nothing to judge.</p>
    );
  if (catalog.tasks.find(({ id }) => id === preset.settings.task)?.isText)
    return <p className="soft">The referee counts right answers, which a text has none of.</p>;
  return luck ? <Judged luck={luck} onSteps={begin} /> : null;
}

interface JudgedProps {
  readonly luck: Luck;
  /** Trainings shall take so many steps. */
  readonly onSteps: (steps: number) => void;
}

function Judged({ luck, onSteps }: JudgedProps) {
  const { trainRandom, stopReferee, forecastTraining } = refereeOf(usePlayground());
  const [count, setCount] = useState(20);
  const { problem, random, steps, training, cells, failure, msPerCell } = luck;
  const task = usePreset()?.settings.task ?? "";
  const shallForecast = msPerCell === undefined && !training;
  useEffect(() => {
    if (shallForecast) forecastTraining({ problem, steps });
  }, [shallForecast, forecastTraining, problem, steps]);
  return (
    <>
      <Verdicts luck={luck} />
      {luck.recorded === 0 && <NoneRecorded />}
      {random.length + cells.length > 0 && <LuckChart random={random} pins={cells} />}
      <p className={styles["row"]}>
        <span>
          <b>{plural(random.length, "random cell")}</b>
          {luck.recorded > 0 && ` (${formatCount(luck.recorded)} recorded)`}, each trained
        </span>
        <NumberField
          label="Steps of each training"
          range={stepsRange}
          value={steps}
          onCommit={(to) => to !== steps && onSteps(to)}
        />
        steps
      </p>
      <p className={styles["row"]}>
        {training ? (
          <>
            <button type="button" className="button" onClick={stopReferee}>
              Stop
            </button>
            <span role="status">
              Training {training.what}: {training.done} of {training.of}…{" "}
              {msPerCell !== undefined &&
                `about ${formatDuration(msPerCell * (training.of - training.done))} left`}
            </span>
          </>
        ) : (
          <>
            <button type="button" className="button" onClick={() => trainRandom(count)}>
              Train random cells
            </button>
            <NumberField
              label="More random cells"
              range={countRange}
              value={count}
              onCommit={setCount}
            />
            more
            {msPerCell !== undefined &&
              `, about ${formatDuration(msPerCell * count)}, in the background`}
          </>
        )}
      </p>
      {failure !== undefined && <p role="alert">{failure}</p>}
      <p className="soft">
        Share of right answers on test images that neither search nor training has seen. This is of
        one cell and one training, not of a method: some random cells stand as high, and another
        seed moves every figure. Judge cells of several seeds before you credit a search.{" "}
        {honestNotes[task]}
      </p>
    </>
  );
}

/** Which random cells come with the page, where those are not of this problem. */
function NoneRecorded() {
  const catalog = useEngine((engine) => engine.catalog);
  const { preset, accuracies, steps } = randomCells;
  const label = catalog?.presets.find(({ id }) => id === preset)?.label ?? preset;
  return (
    <p role="note">
      No random cells were recorded for this problem: {accuracies.length} come with the page for the
      preset {label} at its usual sizes, trained for {steps} steps each. Train some here, and lanes
      can go on meanwhile.
    </p>
  );
}

function Verdicts({ luck }: { readonly luck: Luck }) {
  const { judgeCell } = refereeOf(usePlayground());
  const lanes = useLanes();
  return (
    <ul className={styles["verdicts"]}>
      {lanes.map(({ id, letter }) => {
        const cell = luck.cells.find((c) => c.letter === letter);
        return (
          <li key={id}>
            <button
              type="button"
              className="button"
              disabled={luck.training !== undefined}
              onClick={() => judgeCell(id)}
            >
              Judge cell of lane {letter}
            </button>{" "}
            {cell && <Verdict cell={cell} random={luck.random} />}
          </li>
        );
      })}
    </ul>
  );
}

function Verdict({ cell, random }: { cell: JudgedCell; random: readonly number[] }) {
  const method = useMethod(cell.method)?.label ?? cell.method;
  const standing = standingOf(cell.accuracy, random);
  return (
    <span className="numbers">
      {method}, step {formatCount(cell.at)}: <b>{(100 * cell.accuracy).toFixed(1)} %</b> right
      {random.length > 0 && <>, {wordsFor(standing)}</>}.
    </span>
  );
}

function wordsFor({ share, interval: [low, high], verdict }: Standing): string {
  const percent = (x: number) => Math.round(100 * x);
  const where = `better than ${percent(share)} % of random cells (95 % interval ${percent(low)}–${percent(high)})`;
  if (verdict === "luck") return `${where}: not distinguishable from luck`;
  return verdict === "worse" ? `${where}: worse than most` : where;
}
