/** @file Keys that work anywhere on the page, except where a control needs them for itself. */
import { useEffect } from "react";
import { type Playground, usePlayground } from "../state/app.ts";
import { shareLink } from "./ShareButton.tsx";

/** What a key may do, in the order of the help sheet. */
export const shortcuts = [
  { keys: "Space", verb: "play", text: "Play or pause" },
  { keys: ".", verb: "phase", text: "One phase of a step, explained" },
  { keys: "→", verb: "step", text: "One step" },
  { keys: "←", verb: "stepBack", text: "Show the step before" },
  { keys: "Shift →", verb: "nextChange", text: "On until the genotype changes" },
  { keys: "Home", verb: "toStart", text: "Show the beginning" },
  { keys: "End", verb: "live", text: "Back to the present" },
  { keys: "+ −", verb: "faster", text: "Faster, slower" },
  { keys: "F", verb: "fork", text: "Fork: a new lane from the step on show" },
  { keys: "R", verb: "reset", text: "Reset: the same seed from the beginning" },
  { keys: "Shift R", verb: "newSeed", text: "New seed" },
  { keys: "N", verb: "nextCell", text: "Switch between normal and reduction cell" },
  { keys: "X", verb: "xray", text: "X-ray: show none as a hole in the rope" },
  { keys: "T", verb: "table", text: "α as a table of numbers" },
  { keys: "C", verb: "compare", text: "Add or remove the second lane" },
  { keys: "S", verb: "share", text: "Share: copy a link to these settings" },
  { keys: "?", verb: "help", text: "This list" },
] as const;
export type Verb = (typeof shortcuts)[number]["verb"] | "slower";

/** The verb of a key press, or undefined if it belongs to the browser or to the focused control. */
function verbOf(event: KeyboardEvent): Verb | undefined {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return undefined;
  const target = event.target instanceof Element ? event.target : undefined;
  if (target?.closest("dialog, select, textarea, [contenteditable='true']")) return undefined;
  if (target?.closest("input:not([type=radio], [type=checkbox], [type=range])")) return undefined;
  const { key } = event;
  // A radio button that is on has no use for Space, and clicking one leaves the focus there.
  if (key === " ")
    return target?.closest("button, input:not([type=radio]:checked), a, summary")
      ? undefined
      : "play";
  // Arrows move sliders and radio buttons, scroll what scrolls, and walk the cell's edges.
  const travel = travels[event.shiftKey ? `Shift ${key}` : key];
  if (travel) return target?.closest("input, [tabindex]:not(main, nav)") ? undefined : travel;
  if (key === ".") return "phase";
  if (key === "+" || key === "=") return "faster";
  if (key === "-" || key === "−") return "slower";
  if (key === "?") return "help";
  switch (key.toLowerCase()) {
    case "r":
      return event.shiftKey ? "newSeed" : "reset";
    case "n":
      return "nextCell";
    case "x":
      return "xray";
    case "t":
      return "table";
    case "c":
      return "compare";
    case "s":
      return "share";
    case "f":
      return "fork";
    default:
      return undefined;
  }
}

const travels: Readonly<Record<string, Verb>> = {
  ArrowRight: "step",
  "Shift ArrowRight": "nextChange",
  ArrowLeft: "stepBack",
  Home: "toStart",
  End: "live",
};
/** Verbs that a key held down may repeat. */
const repeatable: readonly Verb[] = ["step", "stepBack", "phase"];

/** Does what a verb says. */
function perform(verb: Verb, playground: Playground): void {
  const { actions, client, view } = playground;
  const { lanes, cell, isXray, isTable } = view.getState();
  const verbs: Readonly<Record<Verb, () => void>> = {
    play: actions.togglePlay,
    step: actions.step,
    phase: actions.nextPhase,
    stepBack: actions.stepBack,
    nextChange: actions.nextChange,
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
    table: () => actions.setTable(!isTable),
    compare() {
      const last = lanes.at(-1);
      if (lanes.length > 1 && last) actions.removeLane(last.id);
      else actions.addLane();
    },
    share: () => void shareLink(playground),
    help: () => actions.setHelp(true),
  };
  verbs[verb]();
}

/** Listens on the window for as long as the page is there. */
export function useShortcuts(): void {
  const playground = usePlayground();
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const verb = verbOf(event);
      // A key held down would play and pause, or redraw the seed, at the keyboard's repeat rate.
      if (!verb || (event.repeat && !repeatable.includes(verb))) return;
      event.preventDefault();
      perform(verb, playground);
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, [playground]);
}
