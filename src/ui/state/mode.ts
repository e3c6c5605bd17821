/** @file How the page is shown, beside what it shows: lesson, votes, presenting, embedded in another page. */
import { createStore, type StoreApi } from "zustand/vanilla";
import type { Place } from "../lessons/index.ts";

/** Parts of the page that a link may hide. The cell, or the plane, and Play are always there. */
export const hideable = ["rail", "results", "tools", "scrubber", "fork", "speed"] as const;
export type Hideable = (typeof hideable)[number];

/** What a link may say about how its page is shown. */
export interface PageSettings {
  readonly lesson?: Place;
  /** Inside another page: small, without what leads elsewhere. */
  readonly embed?: true;
  readonly hide?: readonly Hideable[];
}

export interface ModeState {
  /** Which half of the left rail is in front, where only one fits. */
  readonly rail: "lesson" | "setup";
  /** The chapter on show; undefined for the list of lessons. */
  readonly lesson: Place | undefined;
  /** Raised hands, one number an option, for the card on show. */
  readonly votes: readonly number[];
  /** Whether the card's answer is being played or has been. */
  readonly isRevealed: boolean;
  /** For a class: no header, no rail, large type. */
  readonly isPresenting: boolean;
  /** The screen is blank, for a moment without it. */
  readonly isBlank: boolean;
  readonly isEmbedded: boolean;
  readonly hidden: readonly Hideable[];
}

const initial: ModeState = {
  rail: "lesson",
  lesson: undefined,
  votes: [],
  isRevealed: false,
  isPresenting: false,
  isBlank: false,
  isEmbedded: false,
  hidden: [],
};
export type ModeStore = StoreApi<ModeState>;
export const createMode = (): ModeStore => createStore<ModeState>(() => initial);

/** What a link to this page says of how it is shown; undefined for nothing unusual. */
export function pageOf({ lesson, isEmbedded, hidden }: ModeState): PageSettings | undefined {
  if (!lesson && !isEmbedded && hidden.length === 0) return undefined;
  return {
    ...(lesson && { lesson }),
    ...(isEmbedded && { embed: true }),
    ...(hidden.length > 0 && { hide: hidden }),
  };
}
