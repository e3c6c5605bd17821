/** @file What a network of characters writes: drawn from the mixture as it is, and from the cell found so far. */
import { useEffect, useId, useRef, useState } from "react";
import type { RunId } from "../../protocol/spec.ts";
import { useLive, usePlayground, useSampled } from "../state/app.ts";
import type { Lane } from "../state/lanes.ts";
import type { RunView } from "../state/store.ts";
import styles from "./Samples.module.css";
import { useIsText } from "./use-lanes.ts";

/** New text is asked for at most this often: drawing takes about as long as a step. */
const everyMs = 2000;

const selectSamples = (run: RunView | undefined) => run?.samples;

/** Nothing for tasks without text. */
export function Samples({ lane }: { readonly lane: Lane }) {
  return useIsText() ? <Writing lane={lane} /> : null;
}

function Writing({ lane }: { readonly lane: Lane }) {
  const [temperature, setTemperature] = useState(0.8);
  const id = useId();
  useSampling(lane.runId, temperature);
  const samples = useSampled(useLive(lane.runId, selectSamples));
  // A run that trains a genotype has no other cell to compare with.
  const isOne = samples?.derived.length === 0;
  return (
    <section className={styles["samples"]} aria-label={`Text written in lane ${lane.letter}`}>
      <div className={styles["head"]}>
        <h3>What it writes</h3>
        <span className="soft numbers">{samples ? `after step ${samples.steps}` : ""}</span>
        <label className={styles["label"]} htmlFor={id}>
          Temperature
        </label>
        <input
          id={id}
          className={styles["slider"]}
          type="range"
          min={0.1}
          max={2}
          step={0.1}
          value={temperature}
          title="Low: only the likeliest characters. 1: as learnt. High: anything."
          onChange={(event) => setTemperature(Number(event.target.value))}
        />
        <span className="numbers">{temperature.toFixed(1)}</span>
      </div>
      <Texts title={isOne ? "Network" : "Supernet"} texts={samples?.supernet} />
      {!isOne && <Texts title="Cell found, same weights" texts={samples?.derived} />}
    </section>
  );
}

interface TextsProps {
  readonly title: string;
  readonly texts: readonly string[] | undefined;
}

function Texts({ title, texts }: TextsProps) {
  return (
    <div className={styles["row"]}>
      <h4>{title}</h4>
      {texts ? (
        <ul className={styles["texts"]}>
          {texts.map((text, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two of them may be alike, and all are replaced at once
            <li key={i}>{text}</li>
          ))}
        </ul>
      ) : (
        <p className="soft">Text appears as soon as the run is ready.</p>
      )}
    </div>
  );
}

/** Asks for text whenever the run has moved on or the temperature has changed, and the last answer has come. */
function useSampling(runId: RunId | undefined, temperature: number): void {
  const { client } = usePlayground();
  const open = useRef<string>(undefined);
  useEffect(() => {
    if (runId === undefined) return;
    const ask = () => {
      const run = client.store.getState().runs[runId];
      if (!run?.latest || run.status === "failed" || run.status === "loading") return;
      const steps = (run.records.at(-1)?.step ?? -1) + 1;
      const { samples } = run;
      if (samples?.steps === steps && samples.temperature === temperature) return;
      const last = `${runId} ${samples?.steps} ${samples?.temperature}`;
      if (open.current === last) return; // not answered yet
      open.current = last;
      client.send({ kind: "sample", runId, temperature });
    };
    const first = setTimeout(ask, 150); // a slider on its way asks once
    const timer = setInterval(ask, everyMs);
    return () => {
      clearTimeout(first);
      clearInterval(timer);
    };
  }, [client, runId, temperature]);
}
