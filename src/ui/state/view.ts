/** @file What only the UI knows: the lanes, what they share, and how the page looks. */
import { createStore, type StoreApi } from "zustand/vanilla";
import type { DeriveRule } from "../../genotype/derive.ts";
import type { RunId } from "../../protocol/spec.ts";
import type { RaceAxis } from "../viz/costs.ts";
import type { StepWindow } from "../viz/flips.ts";
import { type Thresholds, usualThresholds } from "../viz/health.ts";
import type { Budget } from "./budget.ts";
import type { BackendChoice } from "./client.ts";
import type { KeptData } from "./data-store.ts";
import type { Look } from "./health.ts";
import type { Lane, Setup } from "./lanes.ts";
import type { RecordingEntry } from "./recording.ts";
import type { Luck } from "./referee.ts";
import type { Reference } from "./reference.ts";
import type { Save } from "./saves.ts";
import type { Study } from "./seeds.ts";
import type { Settings } from "./settings.ts";
import type { Twin } from "./twins.ts";
import type { Verdict } from "./verify.ts";

export interface ViewState {
  readonly setup: Setup;
  /** At most `maxLanes`, in the order of their letters. */
  readonly lanes: readonly Lane[];
  /** The lane whose settings are on show. */
  readonly selected: string;
  /** Lanes that shall be drawn large, by id; more follow in their order until there are `maxLarge`. */
  readonly front: readonly string[];
  /** What lanes are compared by, and kept abreast on. */
  readonly axis: RaceAxis;
  /** What is measured again and again while runs go on. */
  readonly looks: readonly Look[];
  /** Where flags are planted. */
  readonly thresholds: Thresholds;
  /** Where lanes are stopped; undefined for nowhere. */
  readonly budget: Budget | undefined;
  /** Several seeds of one lane; undefined until some were asked for. */
  readonly study: Study | undefined;
  /** Untouched twins, by the run whose α was touched. */
  readonly twins: Readonly<Record<RunId, Twin>>;
  /** Whether runs whose α is touched get one. */
  readonly hasTwins: boolean;
  /** What random cells of this problem are worth, and the lanes' own; undefined until that was asked for. */
  readonly luck: Luck | undefined;
  /** Several recorded seeds beside those; undefined until some were asked for. */
  readonly recorded: Study | undefined;
  /** Recorded searches that came with the page; undefined until the list of them was read. */
  readonly recordings: readonly RecordingEntry[] | undefined;
  /** Whose agreement is shown in place of its lane's cell. */
  readonly consensus: "study" | "recorded" | undefined;
  /** What a recorded Random lane has reached on the problem it names; undefined until it was read. */
  readonly reference: Reference | undefined;
  /** Whether it stands behind the race. */
  readonly hasReference: boolean;
  /** What the page itself saw of runs: the log tells it. */
  readonly seen: readonly {
    readonly runId: RunId;
    readonly steps: number;
    readonly text: string;
  }[];
  /** What a budget said of the runs that it has paused and that have not gone on since. */
  readonly outOf: Readonly<Record<RunId, string | undefined>>;
  /** A logarithmic loss axis. */
  readonly isLog: boolean;
  /** The group on show, by its place in the run's groups: 0 is the normal cell. */
  readonly cell: number;
  /** Shows `none` as what it is: a hole in the rope. */
  readonly isXray: boolean;
  /** α as a table of numbers in place of the picture. */
  readonly isTable: boolean;
  /** Another rule to derive cells by, for the eye only; undefined for the space's own. */
  readonly rule: DeriveRule | undefined;
  /** The moment on show, in steps taken; undefined for the present. */
  readonly scrub: number | undefined;
  /** The moment that the pointer asks for, shown for as long as it does; undefined for none. */
  readonly preview: number | undefined;
  /** The stretch of time that was brushed on a ribbon; undefined for none. */
  readonly brush: StepWindow | undefined;
  /** Whether the page itself goes on: through recorded steps, or phase by phase. */
  readonly isPagePlaying: boolean;
  /** Whether Play goes phase by phase, with captions. */
  readonly isSlow: boolean;
  /** The stage of the step under way that is on show, in every lane; undefined when whole steps are. */
  readonly phase: number | undefined;
  /** Steps per second at most while playing; undefined for as fast as it goes. */
  readonly rate: number | undefined;
  readonly backendChoice: BackendChoice;
  readonly isHelpOpen: boolean;
  /** Whether the tree of branches is on show. */
  readonly isTreeOpen: boolean;
  /** What a person should know, newest last, until it is put away. */
  readonly notices: readonly Notice[];
  /** What a link set, for as long as that is on show. */
  readonly receipt: Receipt | undefined;
  /** The receipt of the link that the page was opened with; undefined without one. */
  readonly opened: Receipt | undefined;
  /** What verifying found, by lane, or by a lane of a link. */
  readonly verdicts: Readonly<Record<string, Verdict>>;
  /** What an earlier page left, until it is gone on with or put away. */
  readonly offer: Save | undefined;
  /** Own data that this browser holds, last used first. */
  readonly kept: readonly KeptData[];
}
/** Something that has happened, in a title and sentences. */
export interface Notice {
  readonly title: string;
  readonly lines: readonly string[];
}
/** What a link says, and what was made of it. */
export interface Receipt {
  /** Whether the page was opened with it, or it was made here. */
  readonly kind: "opened" | "made";
  readonly settings: Settings;
  /** What had to be changed to make them valid. */
  readonly repairs: readonly string[];
  /** What a link made here cannot say of its runs, and why. */
  readonly notes: readonly string[];
  /** Of the whole address, in characters. */
  readonly length: number;
}
/** As many as there are letters for. */
export const maxLanes = 8;
/** Two large animated cells are what a laptop draws smoothly; further lanes are drawn as strips. */
const maxLarge = 2;

const initialView: ViewState = {
  setup: { preset: "", seed: 1, spaceHyper: {}, taskHyper: {} },
  lanes: [],
  selected: "",
  front: [],
  axis: "steps",
  isLog: false,
  looks: ["gap"],
  budget: undefined,
  study: undefined,
  luck: undefined,
  twins: {},
  hasTwins: true,
  recorded: undefined,
  recordings: undefined,
  consensus: undefined,
  reference: undefined,
  hasReference: true,
  seen: [],
  outOf: {},
  thresholds: usualThresholds,
  cell: 0,
  isXray: false,
  isTable: false,
  rule: undefined,
  scrub: undefined,
  preview: undefined,
  brush: undefined,
  isPagePlaying: false,
  isSlow: false,
  phase: undefined,
  rate: undefined,
  backendChoice: "auto",
  isHelpOpen: false,
  isTreeOpen: false,
  notices: [],
  offer: undefined,
  receipt: undefined,
  opened: undefined,
  kept: [],
  verdicts: {},
};

export type ViewStore = StoreApi<ViewState>;
export const createView = (): ViewStore => createStore<ViewState>(() => initialView);

/** The moment on show: what the pointer asks for, or else where time was set; undefined for the present. */
export const momentIn = ({ preview, scrub }: Pick<ViewState, "preview" | "scrub">) =>
  preview ?? scrub;

/** The lane of this id, if there still is one. */
export const laneOf = (view: ViewStore, id: string): Lane | undefined =>
  view.getState().lanes.find((lane) => lane.id === id);

/** Puts a lane in the place of the one with its id. */
export const putLane = (view: ViewStore, lane: Lane): void =>
  view.setState(({ lanes }) => ({ lanes: lanes.map((l) => (l.id === lane.id ? lane : l)) }));

/** Puts the notice of this title away, if there is one. */
export const dismissIn = (view: ViewStore, title: string): void =>
  view.setState(({ notices }) => ({ notices: notices.filter((n) => n.title !== title) }));

/** Changes a lane, if there still is one of this id. */
export function setLane(view: ViewStore, id: string, patch: Partial<Lane>): void {
  const lane = laneOf(view, id);
  if (lane) putLane(view, { ...lane, ...patch });
}

/** The seeds whose agreement is shown in place of a lane's own cell; undefined for none, or where none is done. */
export function agreedOn(
  { consensus, study, recorded }: Pick<ViewState, "consensus" | "study" | "recorded">,
  lane: string,
): Study | undefined {
  const shown = consensus && { study, recorded }[consensus];
  return shown?.lane === lane && shown.results.length > 0 ? shown : undefined;
}

/** The lanes that are drawn large, in the order of their letters. */
export function largeLanes({ lanes, front }: Pick<ViewState, "lanes" | "front">): readonly Lane[] {
  const chosen = lanes.filter(({ id }) => front.includes(id));
  const others = lanes.filter(({ id }) => !front.includes(id));
  const large = [...chosen, ...others].slice(0, maxLarge);
  return lanes.filter((lane) => large.includes(lane));
}
