/** @file What a lesson is, as data: chapters that set the page, do one thing, and read what it led to. */
import type { DeriveRule } from "../../genotype/derive.ts";
import type { AlphaGroup, GenotypeEdge, Hyper, Steer } from "../../protocol/spec.ts";
import type { Change } from "../viz/changes.ts";
import type { ToyEnd } from "../viz/toy-end.ts";

/** A link, a row in the table of lessons, and the chapters. */
export interface Deck {
  /** Its name in links, for good: letters, digits and dashes. */
  readonly id: string;
  readonly title: string;
  /** One plain sentence: what one knows afterwards. */
  readonly summary: string;
  readonly minutes: number;
  /** Whether it needs the images, and so a supernet. */
  readonly isHeavy: boolean;
  readonly chapters: readonly Chapter[];
}

export interface Chapter {
  readonly title: string;
  /** At most `mostWords` plain words, true whatever the run does. */
  readonly text: string;
  /** What the page is set to on entering; a run that has these settings already goes on. */
  readonly scene: Scene;
  /** The one button that performs the step. */
  readonly action?: { readonly label: string; readonly deeds: readonly Deed[] };
  /** What this very run shows, in a sentence made of its numbers; undefined while there is nothing to tell. */
  readonly finding?: (facts: Facts) => string | undefined;
  /** Whether the step was performed and its outcome can be seen. */
  readonly done?: (facts: Facts) => boolean;
  /** A question to answer with raised hands before the action is performed. */
  readonly card?: Card;
}
/** Words that fit on the rail at a projector's size. */
export const mostWords = 60;

/** Predict, then reveal. */
export interface Card {
  readonly question: string;
  /** Two to four. */
  readonly options: readonly string[];
  /** Plays to the answer. */
  readonly reveal: readonly Deed[];
  /** Which option came true, by its index; undefined until the run has shown it. */
  readonly answer: (facts: Facts) => number | undefined;
  /** Why, once it is revealed; at most `mostWords` words. */
  readonly why: string;
}

/** Settings as a link holds them; what is left out has its default. */
export interface Scene {
  readonly preset: string;
  readonly seed?: number;
  /** Steps per second at most; absent for as fast as it goes. */
  readonly rate?: number;
  readonly lanes: readonly SceneLane[];
  readonly look?: Look;
}
export interface SceneLane {
  readonly method: string;
  readonly hyper?: Hyper;
  readonly optimizers?: { readonly weights?: Hyper; readonly alpha?: Hyper };
}
/** How the cell is looked at. */
export interface Look {
  /** 0 is the normal cell. */
  readonly cell?: number;
  readonly isXray?: boolean;
  /** Another rule to derive by, for the eye. */
  readonly rule?: DeriveRule;
}

/** One thing that a chapter does for its reader. */
export type Deed =
  | { readonly kind: "play" | "pause" | "step" | "phase" | "nextChange" | "newSeed" }
  | { readonly kind: "hyper"; readonly lane: string; readonly name: string; readonly value: number }
  | { readonly kind: "look"; readonly look: Look }
  /** A hand on one entry of α. */
  | { readonly kind: "steer"; readonly lane: string; readonly steer: Steer }
  | { readonly kind: "scene"; readonly scene: Scene };

/** What the screen shows, as plain facts. */
export interface Facts {
  readonly lanes: readonly LaneFacts[];
  readonly isXray: boolean;
  readonly rule: DeriveRule | undefined;
  /** Whether a step is being walked through, stage by stage. */
  readonly isInPhase: boolean;
}
export interface LaneFacts {
  readonly letter: string;
  readonly method: string;
  /** The method's name. */
  readonly label: string;
  readonly seed: number;
  /** Steps taken. */
  readonly steps: number;
  readonly isPlaying: boolean;
  /** The median of the last steps. */
  readonly msPerStep: number | undefined;
  /** Where it is on the toy, after its first step. */
  readonly toy: { readonly alpha: number; readonly w: number; readonly y?: number } | undefined;
  /** Where its settings lead on the toy, by algebra. */
  readonly end: ToyEnd | undefined;
  /** Every genotype so far, with the step from which on it was derived. */
  readonly changes: readonly Change[];
  readonly cells: readonly CellFacts[];
}
export interface CellFacts {
  readonly group: AlphaGroup;
  /** (edges, ops), row by row. */
  readonly alpha: Float32Array;
  /** What the space's own rule derives. */
  readonly kept: readonly GenotypeEdge[];
  /** On how many edges the last step moved α; undefined before the first. */
  readonly moved: number | undefined;
}
