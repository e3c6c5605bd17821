/** @file The screen reader's line: what has changed since the last word, at most every five seconds. */
import { useEffect, useRef, useState } from "react";
import { useEngine, useView } from "../state/app.ts";
import { describeEngine, statusWord } from "./describe.ts";
import { useLanes } from "./use-lanes.ts";

const quietMs = 5000;

export function Announcer() {
  const lanes = useLanes();
  const choice = useView((view) => view.backendChoice);
  const news = useEngine((engine) => {
    const wholly = describeEngine(engine, choice);
    if (wholly) return wholly;
    return lanes
      .map(({ letter, runId }) => {
        const run = runId === undefined ? undefined : engine.runs[runId];
        return `Lane ${letter} ${statusWord(run)}.`;
      })
      .join(" ");
  });
  return (
    <p role="status" className="visually-hidden">
      {useQuietly(news)}
    </p>
  );
}

/** The newest text, but never sooner than `quietMs` after the one before. */
function useQuietly(news: string): string {
  const [said, setSaid] = useState("");
  const lastMs = useRef(Number.NEGATIVE_INFINITY);
  useEffect(() => {
    const wait = Math.max(0, lastMs.current + quietMs - performance.now());
    const timer = setTimeout(() => {
      lastMs.current = performance.now();
      setSaid(news);
    }, wait);
    return () => clearTimeout(timer);
  }, [news]);
  return said;
}
