/** @file The verbs of time: play, pause, step either way, travel to any moment, and branch off from it. */
import { flipsIn } from "../viz/changes.ts";
import type { EngineClient } from "./client.ts";
import { cutHistory, specAt } from "./history.ts";
import { freeLetter, type Lane, wishesOf, withLane } from "./lanes.ts";
import { asAncestor } from "./lineage.ts";
import { createPlayer } from "./player.ts";
import type { Runs } from "./runs.ts";
import { tell } from "./store.ts";
import { maxLanes, type ViewStore } from "./view.ts";

/** Steps per second between which + and − move; beyond the last there is no limit. */
export const detents = [1, 2, 4, 8, 60] as const;
/** A stage of a step is on show for so long in slow motion. */
const slowMs = 1200;
/** Recorded steps a second at most: what the eye can follow. */
const recordedRate = 30;

/** What the transport does. A moment is a number of steps taken; it is on show in every lane. */
export function createTime({ store, send }: EngineClient, view: ViewStore, runs: Runs) {
  const lanes = () => view.getState().lanes;
  const lengthOf = (lane: Lane) => runs.of(lane)?.records.length ?? 0;
  /** Steps that the longest lane has taken: the present. */
  const present = () => Math.max(0, ...lanes().map(lengthOf));
  const moment = () => Math.min(view.getState().scrub ?? present(), present());

  function scrubTo(steps: number | undefined): void {
    const isLive = steps === undefined || steps >= present();
    view.setState({ phase: undefined, scrub: isLive ? undefined : Math.max(0, Math.round(steps)) });
  }
  const live = () => scrubTo(undefined);
  const isRecorded = () => lanes().some((lane) => runs.of(lane)?.status === "recorded");

  /** One stage on: begins a step, walks through it, and shows what it led to after the last. */
  function nextPhase(): void {
    const { phase } = view.getState();
    const stages = Math.max(0, ...lanes().map((lane) => runs.of(lane)?.phases.length ?? 0));
    if (phase === undefined) {
      live();
      if (stages === 0 || !lanes().some((lane) => runs.of(lane)?.status === "paused")) return;
      // The step is taken at once; what it leads to is held back.
      view.setState({ phase: 0, scrub: present() });
      runs.step(true);
    } else if (phase + 1 < stages) view.setState({ phase: phase + 1 });
    else live();
  }
  /** The next recorded step; false after the last. */
  function nextRecorded(): boolean {
    scrubTo(moment() + 1);
    return view.getState().scrub !== undefined;
  }
  const player = createPlayer(view);
  const pause = () => {
    player.stop();
    runs.pause();
  };
  const play = () => {
    const { isSlow, scrub, rate } = view.getState();
    if (isRecorded()) {
      if (scrub === undefined) scrubTo(0);
      return player.start(nextRecorded, 1000 / Math.min(rate ?? recordedRate, recordedRate));
    }
    if (isSlow) {
      const goOn = () => {
        nextPhase();
        return (
          view.getState().phase !== undefined ||
          lanes().some((l) => runs.of(l)?.status === "paused")
        );
      };
      return player.start(goOn, slowMs);
    }
    player.stop();
    live();
    runs.play();
  };
  const isPlaying = () => view.getState().isPagePlaying || runs.isPlaying();

  return {
    play,
    pause,
    togglePlay: () => (isPlaying() ? pause() : play()),
    nextPhase,
    /** Play goes phase by phase. */
    setSlow(isSlow: boolean) {
      const wasPlaying = isPlaying();
      if (wasPlaying) pause();
      view.setState({ isSlow });
    },
    /** One step: through the past if that is on show, else of every run that stands still. */
    step() {
      if (view.getState().scrub === undefined) runs.step();
      else scrubTo(moment() + 1);
    },
    stepBack: () => scrubTo(moment() - 1),
    scrubTo,
    live,
    toStart: () => present() > 0 && scrubTo(0),
    /** On to the next change of a genotype: one that is known already, or one that has still to be searched. */
    nextChange() {
      const { scrub } = view.getState();
      const known = lanes().flatMap((lane) => flipsIn(runs.of(lane)?.changes ?? []));
      const next = scrub === undefined ? [] : known.filter((steps) => steps > scrub);
      if (next.length > 0) return scrubTo(Math.min(...next));
      live();
      runs.playToChange();
    },
    /** A new lane that goes on from the moment on show, with the settings of that moment. */
    fork(id: string = view.getState().selected) {
      const lane = lanes().find((l) => l.id === id);
      const run = lane && runs.of(lane);
      const letter = freeLetter(lanes(), maxLanes);
      if (!lane || !run || !letter || lane.runId === undefined || run.status === "recorded") return;
      const steps = Math.min(moment(), run.records.length);
      const spec = specAt(run, steps);
      if (!spec) return;
      const runId = runs.nameFor(letter);
      tell(store, { kind: "past", runId, past: cutHistory(run, steps) });
      const of = asAncestor(view, lane, run);
      const { line: _, ...rest } = lane;
      view.setState((s) => ({
        scrub: undefined,
        selected: letter,
        lanes: withLane(s.lanes, {
          ...rest,
          ...wishesOf(lane, spec),
          id: letter,
          letter,
          runId,
          stepsAsked: steps,
          origin: { kind: "fork", of, steps },
        }),
      }));
      send({ kind: "fork", runId, from: lane.runId, steps });
    },
    /** One detent faster or slower. */
    changeRate(by: 1 | -1) {
      const { rate } = view.getState();
      const all = [...detents, undefined];
      const here = all.findIndex((d) => d === undefined || (rate !== undefined && d >= rate));
      const next = Math.min(all.length - 1, Math.max(0, here + by));
      view.setState({ rate: all[next] });
      if (runs.isPlaying()) runs.play();
    },
  };
}
