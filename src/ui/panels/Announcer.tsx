/** @file The screen reader's line: what has changed since the last word, at most every five seconds. */
import { useEffect, useRef, useState } from "react";
import { useEngine, usePlayground, useView } from "../state/app.ts";
import type { Live } from "../viz/live.ts";
import { type Line, merged } from "../viz/narrator.ts";
import { describeEngine, statusWord } from "./describe.ts";
import { useLanes } from "./use-lanes.ts";

const quietMs = 5000;

export function Announcer() {
  const lanes = useLanes();
  const choice = useView((view) => view.backendChoice);
  const receipt = useView((view) => view.receipt);
  const state = useEngine((engine) => {
    const wholly = describeEngine(engine, choice);
    if (wholly) return wholly;
    return lanes
      .map(({ letter, runId }) => {
        const run = runId === undefined ? undefined : engine.runs[runId];
        return `Lane ${letter} ${statusWord(run)}.`;
      })
      .join(" ");
  });
  const news =
    receipt?.kind === "opened"
      ? `Opened from a link. Its receipt, among the notices, says what it set. ${state}`
      : state;
  return (
    <p role="status" className="visually-hidden">
      {useQuietly(news, usePlayground().log)}
    </p>
  );
}

/**
 * The newest state if it is another one, and what has happened since the last word in one sentence; never sooner than
 * `quietMs` after the word before.
 */
function useQuietly(news: string, log: Live<readonly Line[]>): string {
  const [said, setSaid] = useState("");
  const last = useRef({ ms: Number.NEGATIVE_INFINITY, news: "", lines: 0 });
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const say = () => {
      timer = undefined;
      const lines = log.get();
      // A shorter log is another run's.
      const fresh = lines.slice(lines.length < last.current.lines ? 0 : last.current.lines);
      const words = [
        ...(news === last.current.news ? [] : [news]),
        merged(fresh.filter(({ isState }) => !isState)),
      ];
      last.current = { ms: performance.now(), news, lines: lines.length };
      const text = words.filter(Boolean).join(" ");
      if (text) setSaid(text);
    };
    const soon = () => {
      timer ??= setTimeout(say, Math.max(0, last.current.ms + quietMs - performance.now()));
    };
    if (news !== last.current.news) soon();
    const stop = log.subscribe(soon);
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [news, log]);
  return said;
}
