/** @file The lessons, in the order in which a class takes them. Adding one: write its file, add its line. */
import type { Chapter, Deck } from "./deck.ts";
import { firstOrder } from "./first-order.ts";
import { hollowRopes } from "./hollow-ropes.ts";
import { luck } from "./luck.ts";
import { oneEdge } from "./one-edge.ts";
import { sameDice } from "./same-dice.ts";
import { spring } from "./spring.ts";
import { stopNow } from "./stop-now.ts";

export const decks: readonly Deck[] = [
  firstOrder,
  spring,
  oneEdge,
  sameDice,
  stopNow,
  hollowRopes,
  luck,
];

/** Where a reader is: a deck, and a chapter by its index. */
export interface Place {
  readonly deck: string;
  readonly chapter: number;
}

/** The chapter at a place; undefined if there is none. */
export function chapterAt(
  place: Place | undefined,
): (Place & { of: Deck; is: Chapter }) | undefined {
  const of = decks.find(({ id }) => id === place?.deck);
  const is = place && of?.chapters[place.chapter];
  return of && is && { ...place, of, is };
}

/** "#lesson/first-order/2": short enough for a blackboard; chapters count from 1. */
export const placeLink = ({ deck, chapter }: Place): string => `#lesson/${deck}/${chapter + 1}`;

/**
 * The place that such a link names, or the nearest there is, with what had to be repaired; undefined for other links. It may
 * have been typed from a blackboard: capitals are as small letters, and no chapter is the first.
 */
export function readPlaceLink(
  hash: string,
): { place?: Place; repairs: readonly string[] } | undefined {
  const [head = "", name = "", number = "", ...rest] = hash.replace(/^#/, "").split("/");
  if (!/^lesson/i.test(head)) return undefined;
  if (head.toLowerCase() !== "lesson") return lost(`There is no lesson “${short(hash)}”`);
  if (name === "") return lost("The link names no lesson");
  const deck = decks.find(({ id }) => id === name.toLowerCase());
  if (!deck) return lost(`There is no lesson “${short(name)}”`);
  const last = deck.chapters.length;
  const wanted = number === "" ? 1 : Number(number);
  const used = Number.isInteger(wanted) ? Math.min(last, Math.max(1, wanted)) : 1;
  const repairs = [
    ...(used === wanted
      ? []
      : [
          `“${deck.title}” has chapters 1 … ${last}, none is “${short(number)}”; ${used} is shown.`,
        ]),
    ...(rest.some((part) => part !== "")
      ? [`“${short(rest.join("/"))}” after the chapter is left out.`]
      : []),
  ];
  return { place: { deck: deck.id, chapter: used - 1 }, repairs };
}
const lost = (why: string) => ({ repairs: [`${why}; the list of lessons is shown.`] });
const short = (text: string) => text.slice(0, 40);
