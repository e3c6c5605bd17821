/** @file The page's head: its name, the problem, the lanes, the backend, the theme, help. */
import { useState } from "react";
import { Icon, type IconName } from "../parts/Icon.tsx";
import { Segmented } from "../parts/Segmented.tsx";
import { useActions, useEngine, useLessons, usePlayground, useView } from "../state/app.ts";
import { isReplay, type Lane, methodsFor } from "../state/lanes.ts";
import { applyTheme, savedTheme, type Theme, themes } from "../state/theme.ts";
import { maxLanes } from "../state/view.ts";
import { BackendPill } from "./BackendPill.tsx";
import styles from "./HeaderBar.module.css";
import { ShareButton } from "./ShareButton.tsx";
import { useLanes, useMethod, usePreset } from "./use-lanes.ts";
import { useWarmth } from "./use-warmth.ts";

/** Short names for tasks whose own are too long for a switch. */
const shortNames: Readonly<Record<string, string>> = { toy: "Toy", cifar10: "CIFAR-10 16×16" };

/** Not a task: recorded runs in place of computed ones. */
const replay = "replay";

export function HeaderBar() {
  const { setHelp } = useActions();
  const { present } = useLessons();
  return (
    <header className={styles["bar"]}>
      <h1 className={styles["name"]}>NAS Playground</h1>
      <ProblemSwitch />
      <LaneChips />
      <div className={styles["end"]}>
        <BackendPill />
        <ShareButton />
        <button
          type="button"
          className={`button ${styles["large-only"]}`}
          title="Large, for a class (P)"
          onClick={() => present(true)}
        >
          Present
        </button>
        <ThemeButton />
        <button
          type="button"
          className="button"
          aria-label="Help"
          title="Keys and words (?)"
          onClick={() => setHelp(true)}
        >
          ?
        </button>
      </div>
    </header>
  );
}

function ProblemSwitch() {
  const { chooseProblem } = useActions();
  const playground = usePlayground();
  const lanes = useLanes();
  /** Chosen, and being read. */
  const [isComing, setComing] = useState(false);
  const ask = useWarmth();
  const catalog = useEngine((engine) => engine.catalog);
  const preset = usePreset();
  if (!catalog || !preset) return null;
  const offered = catalog.tasks.filter((task) =>
    catalog.presets.some((p) => p.settings.task === task.id),
  );
  const choose = (task: string) => {
    if (task !== replay) return ask(task !== "toy", () => chooseProblem(task));
    setComing(true);
    void import("../state/replay.ts")
      .then(({ beginReplay }) => beginReplay(playground))
      .finally(() => setComing(false));
  };
  return (
    <Segmented
      label="Problem"
      options={[
        ...offered.map(({ id, label }) => ({ value: id, label: shortNames[id] ?? label })),
        { value: replay, label: "Replay" },
      ]}
      value={isComing || isReplay(lanes) ? replay : preset.settings.task}
      onChange={choose}
    />
  );
}

function LaneChips() {
  const { addLane } = useActions();
  const lanes = useLanes();
  const isFull = lanes.length >= maxLanes;
  return (
    <div className={styles["lanes"]}>
      {lanes.map((lane) => (
        <LaneChip key={lane.id} lane={lane} count={lanes.length} />
      ))}
      {lanes.length > 0 && (
        <span className={styles["add"]}>
          <button
            type="button"
            className="button"
            aria-label="Add lane to compare"
            aria-disabled={isFull}
            title={isFull ? `At most ${maxLanes} lanes` : "Another method on the same dice (C)"}
            onClick={() => !isFull && addLane()}
          >
            <Icon name="plus" />
            {lanes.length < 4 && "Compare"}
          </button>
          {!isFull && <MethodMenu />}
        </span>
      )}
    </div>
  );
}

/** Adds a lane of the method that is picked, another of one that is there already too. */
function MethodMenu() {
  const { addLane } = useActions();
  const catalog = useEngine((engine) => engine.catalog);
  const preset = usePreset();
  if (!catalog || !preset) return null;
  return (
    <select
      className={`select ${styles["menu"]}`}
      aria-label="Add lane of a method"
      title="Add a lane of a method"
      value=""
      onChange={(event) => addLane(event.target.value)}
    >
      <option value="" disabled>
        Method…
      </option>
      {methodsFor(catalog, preset).map(({ id, label }) => (
        <option key={id} value={id}>
          {label}
        </option>
      ))}
    </select>
  );
}

interface LaneChipProps {
  readonly lane: Lane;
  /** Of lanes: the more, the less each chip says. */
  readonly count: number;
}

function LaneChip({ lane, count }: LaneChipProps) {
  const { selectLane, removeLane } = useActions();
  const isSelected = useView((view) => view.selected === lane.id);
  const seed = useView((view) => view.setup.seed);
  const method = useMethod(lane.method)?.label ?? lane.method;
  const isAlone = count === 1;
  return (
    <span className={styles["chip"]} data-selected={isSelected && !isAlone}>
      <button
        type="button"
        className={styles["chip-name"]}
        aria-pressed={isSelected}
        aria-label={`Lane ${lane.letter}: ${method}, seed ${seed}`}
        title={`Lane ${lane.letter}: ${method}, seed ${seed}; show its settings`}
        onClick={() => selectLane(lane.id)}
      >
        <b className="letter letter-small">{lane.letter}</b>
        {count <= 2 && <span className={styles[isAlone ? "method" : "roomy-only"]}>{method}</span>}
        {isAlone && (
          <span className="soft numbers">
            <Icon name="dice" /> {seed}
          </span>
        )}
      </button>
      {!isAlone && (count <= 2 || isSelected) && (
        <button
          type="button"
          className="button button-icon button-quiet"
          aria-label={`Remove lane ${lane.letter}`}
          title={`Remove lane ${lane.letter}`}
          onClick={() => removeLane(lane.id)}
        >
          <Icon name="close" />
        </button>
      )}
    </span>
  );
}

const themeNames: Readonly<Record<Theme, string>> = {
  system: "System",
  light: "Light",
  dark: "Dark",
};

function ThemeButton() {
  const [theme, setTheme] = useState(savedTheme);
  const next = themes[(themes.indexOf(theme) + 1) % themes.length] ?? "system";
  return (
    <button
      type="button"
      className="button"
      aria-label={`Theme: ${themeNames[theme]}`}
      title={`Change to: ${themeNames[next]}`}
      onClick={() => {
        setTheme(next);
        // The button answers first: another theme draws the whole page.
        requestAnimationFrame(() => setTimeout(() => applyTheme(next)));
      }}
    >
      <Icon name={theme satisfies IconName} />
      <span className={styles["wide-only"]}>{themeNames[theme]}</span>
    </button>
  );
}
