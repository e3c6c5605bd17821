/** @file Keys that work anywhere on the page, except where a control needs them for itself. */
import { useEffect } from "react";
import { type Playground, usePlayground } from "../state/app.ts";
import { type Verb, verbFor } from "../state/keys.ts";
import { shareLink } from "./ShareButton.tsx";

/** A key press as the table of keys spells it. */
function spelt({ key, shiftKey, altKey }: KeyboardEvent): string {
  if (/^\p{L}$/u.test(key)) return shiftKey ? `Shift ${key.toUpperCase()}` : key.toLowerCase();
  if (key === "=") return "+";
  if (key === "−") return "-";
  const held = altKey ? "Alt " : shiftKey ? "Shift " : "";
  return key.length > 1 ? held + key : key;
}

/** Whether the key belongs to the control that has the focus. */
function isTaken(event: KeyboardEvent, key: string): boolean {
  const target = event.target instanceof Element ? event.target : undefined;
  if (target?.closest("dialog[open], select, textarea, [contenteditable='true']")) return true;
  if (target?.closest("input:not([type=radio], [type=checkbox], [type=range])")) return true;
  // A radio button that is on has no use for Space, and clicking one leaves the focus there.
  if (key === " ") return !!target?.closest("button, input:not([type=radio]:checked), a, summary");
  // Arrows move sliders, radio buttons and tabs, scroll what scrolls, and walk the cell's edges.
  const moves = /^(Shift )?(Arrow|Home|End)/.test(key);
  return moves && !!target?.closest("input, [role=tab], [tabindex]:not(main, nav, h2)");
}

/** Verbs that a key held down may repeat. */
const repeatable: readonly Verb[] = ["step", "stepBack", "phase"];

/** Does what a verb says. */
function perform(verb: Verb, playground: Playground): void {
  const { actions, client, lessons, mode, view } = playground;
  const { lanes, cell, isXray, isTable, isTreeOpen } = view.getState();
  const verbs: Readonly<Record<Verb, () => void>> = {
    play: actions.togglePlay,
    step: actions.step,
    phase: actions.nextPhase,
    stepBack: actions.stepBack,
    nextChange: actions.nextChange,
    epoch: actions.nextEpoch,
    toStart: actions.toStart,
    live: actions.live,
    faster: () => actions.changeRate(1),
    slower: () => actions.changeRate(-1),
    fork: () => actions.fork(),
    reset: actions.reset,
    newSeed: actions.newSeed,
    nextCell() {
      const runId = lanes[0]?.runId;
      const groups = runId === undefined ? 0 : client.store.getState().runs[runId]?.groups.length;
      actions.showCell(groups ? (cell + 1) % groups : 0);
    },
    xray: () => actions.setXray(!isXray),
    tree: () => actions.setTree(!isTreeOpen),
    table: () => actions.setTable(!isTable),
    compare() {
      const last = lanes.at(-1);
      if (lanes.length > 1 && last) actions.removeLane(last.id);
      else actions.addLane();
    },
    present: () => lessons.present(!mode.getState().isPresenting),
    blank() {
      const { isPresenting, isBlank } = mode.getState();
      if (isPresenting) lessons.blank(!isBlank);
    },
    share: () => void shareLink(playground),
    help: () => actions.setHelp(true),
  };
  verbs[verb]();
}

/** A digit counts a hand while a question is asked, goes to a chapter while presenting, and else chooses a lane. */
function pressDigit(digit: number, { actions, lessons, mode, view }: Playground): void {
  const { votes, isRevealed, isPresenting } = mode.getState();
  const lane = view.getState().lanes[digit - 1];
  if (digit <= votes.length && !isRevealed) lessons.vote(digit - 1);
  else if (isPresenting) lessons.go(digit - 1);
  else if (lane) actions.selectLane(lane.id);
}

/** Leaves what covers the page or a stretch of time, the topmost first; false if nothing does. */
function leaveTop({ actions, lessons, mode, view }: Playground): boolean {
  const { isPresenting, isBlank } = mode.getState();
  const { isHelpOpen, brush } = view.getState();
  if (isHelpOpen) actions.setHelp(false);
  else if (isBlank) lessons.blank(false);
  else if (brush) actions.brush(undefined);
  else if (isPresenting) lessons.present(false);
  return isHelpOpen || isBlank || isPresenting || brush !== undefined;
}

/** Listens on the window for as long as the page is there. */
export function useShortcuts(): void {
  const playground = usePlayground();
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey) return;
      // With Alt, letters are menus' and other characters.
      if (event.altKey && !event.key.startsWith("Arrow")) return;
      const key = spelt(event);
      if (isTaken(event, key)) return;
      const keys = playground.keys.getState();
      if (key === "Escape" && leaveTop(playground)) return event.preventDefault();
      if (/^[1-9]$/.test(key) && keys.hasSingle && !event.repeat)
        return pressDigit(Number(key), playground);
      const verb = verbFor(keys, key);
      // A key held down would play and pause, or redraw the seed, at the keyboard's repeat rate.
      if (!verb || (event.repeat && !repeatable.includes(verb))) return;
      event.preventDefault();
      if (event.altKey) event.stopPropagation();
      perform(verb, playground);
    };
    // Where the arrows alone are needed, those with Alt are not: they are heard before a control hears them.
    const onAlt = (event: KeyboardEvent) => event.altKey && onKeyDown(event);
    const onRest = (event: KeyboardEvent) => event.altKey || onKeyDown(event);
    window.addEventListener("keydown", onAlt, true);
    window.addEventListener("keydown", onRest);
    return () => {
      window.removeEventListener("keydown", onAlt, true);
      window.removeEventListener("keydown", onRest);
    };
  }, [playground]);
}
