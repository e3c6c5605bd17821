/** @file Which processor computes, why not a faster one, and how to take another. */
import { useId } from "react";
import type { BackendSpeed } from "../../protocol/messages.ts";
import type { BackendId } from "../../protocol/spec.ts";
import { formatNumber } from "../parts/format.ts";
import { useActions, useEngine, useView } from "../state/app.ts";
import type { BackendChoice } from "../state/client.ts";
import styles from "./BackendPill.module.css";
import { backendNames, choiceName } from "./describe.ts";

/** What the worker can be asked for, fastest first as the probe tries them. */
const choices: readonly BackendChoice[] = ["auto", "webgpu", "wasm", "webgl", "cpu"];

export function BackendPill() {
  const { chooseBackend } = useActions();
  const popoverId = useId();
  const selectId = useId();
  const report = useEngine((engine) => engine.backend);
  const hasFailed = useEngine((engine) => engine.unusable !== undefined);
  const choice = useView((view) => view.backendChoice);
  return (
    <>
      <button
        type="button"
        className={`button ${styles["pill"]}`}
        popoverTarget={popoverId}
        title="Backend: details"
      >
        <span className="visually-hidden">Backend: </span>
        {pillText(report?.id, hasFailed)}
      </button>
      <div id={popoverId} popover="auto" className={styles["details"]}>
        <h2>Backend</h2>
        {report ? (
          <p>
            <b>{backendNames[report.id]}</b> on {report.device}
          </p>
        ) : (
          <p>{hasFailed ? "None is running." : "Being looked for…"}</p>
        )}
        {report?.refused.map(({ id, reason }) => (
          <p key={id} className="soft">
            Not {backendNames[id]}: {reason}
          </p>
        ))}
        <Speeds />
        <label htmlFor={selectId}>Use</label>{" "}
        <select
          id={selectId}
          className="select"
          value={choice}
          onChange={(event) => chooseBackend(choiceOf(event.target.value))}
        >
          {choices.map((id) => (
            <option key={id} value={id}>
              {choiceName(id)}
            </option>
          ))}
        </select>
        <p className="soft">Another backend starts the engine and every run anew.</p>
      </div>
    </>
  );
}

/** A search step on each backend, on this machine. */
function Speeds() {
  const { measure } = useActions();
  const speeds = useEngine((engine) => engine.speeds);
  return (
    <div aria-busy={speeds === "measuring"}>
      {Array.isArray(speeds) &&
        speeds.map(({ id, msPerStep, reason }: BackendSpeed) => (
          <p key={id}>
            {backendNames[id]}:{" "}
            {msPerStep === undefined ? `not timed, ${reason}` : `${formatNumber(msPerStep)} ms`}
          </p>
        ))}
      <button
        type="button"
        className="button"
        disabled={speeds === "measuring"}
        onClick={() => measure()}
      >
        {speeds === "measuring" ? "Timing a search step…" : "Time a search step on each"}
      </button>
    </div>
  );
}

function pillText(id: BackendId | undefined, hasFailed: boolean): string {
  if (hasFailed) return "No backend";
  if (!id) return "Probing…";
  return id === "cpu" ? "CPU – slower" : backendNames[id];
}
const choiceOf = (value: string): BackendChoice => choices.find((c) => c === value) ?? "auto";
