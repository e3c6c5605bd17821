/** @file One lane's method and the sliders that act while it runs. */
import { useId } from "react";
import type { Hyper, Preset } from "../../protocol/spec.ts";
import { HyperControl } from "../parts/HyperControl.tsx";
import { useActions, useEngine, useView } from "../state/app.ts";
import {
  hyperOf,
  type Lane,
  type Method,
  methodsFor,
  optimizerFields,
  type Player,
  specOf,
  waiting,
} from "../state/lanes.ts";
import { GenotypeField } from "./GenotypeField.tsx";
import styles from "./LaneSettings.module.css";
import { StopRules } from "./StopRules.tsx";
import { useMethod, useRun } from "./use-lanes.ts";

interface Props {
  readonly lane: Lane;
  readonly preset: Preset;
}

export function LaneSettings({ lane, preset }: Props) {
  const method = useMethod(lane.method);
  if (!method) return null;
  return (
    <section className={styles["settings"]} aria-label={`Settings of lane ${lane.letter}`}>
      <MethodPicker lane={lane} preset={preset} method={method} />
      {method.trainsGenotype && <GenotypeField lane={lane} />}
      <Waiting lane={lane} />
      <HyperList lane={lane} preset={preset} method={method} from={0} to={inSight} />
      <OptimizerList lane={lane} preset={preset} isRate />
      {Object.keys(method.hyper).length > inSight && (
        <details>
          <summary className={styles["label"]}>More of {method.label}</summary>
          <HyperList lane={lane} preset={preset} method={method} from={inSight} />
        </details>
      )}
      <details>
        <summary className={styles["label"]}>Optimisers</summary>
        <OptimizerList lane={lane} preset={preset} isRate={false} />
      </details>
      {!method.trainsGenotype && <StopRules lane={lane} preset={preset} />}
    </section>
  );
}

function MethodPicker({ lane, preset, method }: Props & { readonly method: Method }) {
  const { setMethod } = useActions();
  const id = useId();
  const catalog = useEngine((engine) => engine.catalog);
  const offered = catalog ? methodsFor(catalog, preset) : [];
  const others = catalog?.methods.filter((m) => !offered.includes(m)) ?? [];
  const space = catalog?.spaces.find((s) => s.id === preset.settings.space)?.label;
  return (
    <div className={styles["method"]}>
      <div className={styles["head"]}>
        <label htmlFor={id} className={styles["label"]}>
          Method
        </label>
        <select
          id={id}
          className="select"
          value={lane.method}
          onChange={(event) => setMethod(lane.id, event.target.value)}
        >
          {offered.map(({ id: value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
          {others.map(({ id: value, label }) => (
            <option key={value} value={value} disabled>
              {label} (not for: {space})
            </option>
          ))}
        </select>
      </div>
      {/reconstruct/i.test(method.reference) && <b className={styles["tag"]}>reconstruction</b>}
      <p className="soft">{method.summary}</p>
      <details className="soft">
        <summary>Source</summary>
        <p>{method.reference}.</p>
      </details>
    </div>
  );
}

/** Says which settings still wait for a Reset. */
function Waiting({ lane }: { readonly lane: Lane }) {
  const { reset } = useActions();
  const catalog = useEngine((engine) => engine.catalog);
  const setup = useView((view) => view.setup);
  const running = useRun(lane, (run) => run.spec);
  if (!catalog || !running) return null;
  const wanted = specOf(catalog, setup, lane, running.backend);
  const labels = wanted ? waiting(catalog, running, wanted) : [];
  if (labels.length === 0) return null;
  return (
    <p className={styles["waiting"]}>
      Waiting for a Reset: {labels.join(", ")}.{" "}
      <button type="button" className="button" onClick={reset}>
        Reset now
      </button>
    </p>
  );
}

/** A method names what matters most first; the rest is folded away, so that both rates stay in sight. */
const inSight = 2;

function HyperList({ lane, preset, method, from, to }: Props & FieldRange) {
  const { setHyper } = useActions();
  const values = hyperOf(method, preset, lane);
  const advised = preset.hyper[method.id];
  return Object.entries(method.hyper)
    .slice(from, to)
    .map(([name, field]) => (
      <HyperControl
        key={`${method.id}.${name}`}
        field={{ ...field, default: advised?.[name] ?? field.default }}
        value={values[name] ?? field.default}
        onChange={(value) => setHyper(lane.id, name, value)}
      />
    ));
}
interface FieldRange {
  readonly method: Method;
  readonly from: number;
  readonly to?: number;
}

const players: readonly Player[] = ["weights", "alpha"];

/** Both learning rates, or all other settings of both optimisers. */
function OptimizerList({ lane, preset, isRate }: Props & { readonly isRate: boolean }) {
  const { setOptimizer } = useActions();
  const catalog = useEngine((engine) => engine.catalog);
  if (!catalog) return null;
  return players.flatMap((player) => {
    const values: Hyper = lane.optimizers[player];
    return Object.entries(optimizerFields(catalog, preset, player))
      .filter(([name]) => (name === "lr") === isRate)
      .map(([name, field]) => (
        <HyperControl
          key={`${player}.${name}`}
          field={field}
          value={values[name] ?? field.default}
          onChange={(value) => setOptimizer(lane.id, player, name, value)}
        />
      ));
  });
}
