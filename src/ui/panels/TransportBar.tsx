/** @file Reset, Play, the ways through time, and what is happening now. */
import { useId } from "react";
import { Icon, type IconName } from "../parts/Icon.tsx";
import { useActions, useView } from "../state/app.ts";
import { detents } from "../state/time.ts";
import { Happening } from "./Happening.tsx";
import { Scrubber } from "./Scrubber.tsx";
import styles from "./TransportBar.module.css";
import { useTransport } from "./use-transport.ts";

export function TransportBar() {
  const { reset, play, pause, step, stepBack, nextPhase, nextChange, nextEpoch, fork, live } =
    useActions();
  const whyId = useId();
  const can = useTransport();
  const { isPlaying, why } = can;
  return (
    <nav id="transport" className={styles["bar"]} aria-label="Transport" tabIndex={-1}>
      <Key
        name="Reset"
        icon="reset"
        title="Same seed from the beginning (R)"
        can={can.reset}
        onPress={reset}
      />
      {/* One button for both, so that focus stays when its meaning turns. */}
      <button
        type="button"
        className={`button button-accent ${styles["key"]} ${styles["play"]}`}
        aria-disabled={!can.play && !isPlaying}
        aria-describedby={why ? whyId : undefined}
        title={why ?? "Play or pause (Space)"}
        onClick={() => (isPlaying ? pause() : can.play && play())}
      >
        <Icon name={isPlaying ? "pause" : "play"} />
        {isPlaying ? "Pause" : "Play"}
      </button>
      <Key
        name="Step back"
        icon="back"
        title="Show the step before (←)"
        can={can.back}
        onPress={stepBack}
        isSmall
      />
      <Key
        name="Phase"
        icon="phase"
        title="One phase of a step, explained (.)"
        can={can.phase}
        onPress={nextPhase}
      />
      <Key name="Step" icon="step" title="One step (→)" can={can.step} onPress={step} />
      <Key
        name="To next change"
        icon="change"
        title={can.noChange ?? "On until the genotype changes (Shift →)"}
        can={can.change}
        onPress={nextChange}
        isSmall
      />
      <div className={styles["wide"]}>
        <Key
          name="One epoch"
          icon="epoch"
          title={`${can.epochTitle} (Alt →)`}
          can={can.epoch}
          onPress={nextEpoch}
          isSmall
        />
      </div>
      {why && (
        <span id={whyId} className="visually-hidden">
          {why}
        </span>
      )}
      <div data-part="speed">
        <SpeedLimit />
      </div>
      <div className={styles["time"]}>
        <Happening />
        <div data-part="scrubber">
          <Scrubber />
        </div>
      </div>
      <Key
        name="Live"
        icon="live"
        title="Back to the present (End)"
        can={can.live}
        onPress={live}
      />
      <div data-part="fork">
        <Key
          name="Fork"
          icon="fork"
          title={can.noFork ?? "A new lane from the step on show (F)"}
          can={can.fork}
          onPress={() => fork()}
        />
      </div>
      <div data-part="fork">
        <TreeKey />
      </div>
    </nav>
  );
}

interface KeyProps {
  readonly name: string;
  readonly icon: IconName;
  /** What it does, with its key, or why it cannot. */
  readonly title: string;
  readonly can: boolean;
  readonly onPress: () => void;
  /** Only its icon is drawn. */
  readonly isSmall?: boolean;
}

/** Stays in the order of Tab when it can do nothing, so that focus is never lost. */
function Key({ name, icon, title, can, onPress, isSmall = false }: KeyProps) {
  return (
    <button
      type="button"
      className={`button ${styles["key"]} ${isSmall ? styles["small"] : ""}`}
      aria-disabled={!can}
      aria-label={name}
      title={title}
      onClick={() => can && onPress()}
    >
      <Icon name={icon} />
      {!isSmall && name}
    </button>
  );
}

function TreeKey() {
  const { setTree } = useActions();
  const isOpen = useView((view) => view.isTreeOpen);
  return (
    <button
      type="button"
      id="tree-key"
      className={`button button-toggle ${styles["key"]} ${styles["small"]}`}
      aria-label="Branches"
      aria-expanded={isOpen}
      title="The tree of branches: what was forked from what (Y)"
      onClick={() => setTree(!isOpen)}
    >
      <Icon name="tree" />
    </button>
  );
}

/** Beyond the slowest rate lies slow motion, beyond the fastest no limit. */
const [slowest, fastest] = [0, detents.length + 1];

function SpeedLimit() {
  const { setRateLimit, setSlow } = useActions();
  const rate = useView((view) => view.rate);
  const isSlow = useView((view) => view.isSlow);
  const said = isSlow ? "slow motion" : rate === undefined ? "full speed" : `${rate} steps/s`;
  // A link may ask for a rate between two of these.
  const near = rate === undefined ? -1 : detents.findIndex((d) => d >= rate);
  const place = isSlow ? slowest : near < 0 ? fastest : near + 1;
  const onPlace = (to: number) => (to === slowest ? setSlow(true) : setRateLimit(detents[to - 1]));
  return (
    <label className={styles["speed"]} title="Steps per second at most (+ and −)">
      <span className="numbers" aria-hidden="true">
        {said}
      </span>
      <input
        type="range"
        aria-label="Speed limit"
        aria-valuetext={said}
        min={slowest}
        max={fastest}
        step={1}
        value={place}
        onChange={({ target }) => onPlace(target.valueAsNumber)}
      />
    </label>
  );
}
