/** @file How a page is shown, repaired from anything in a link, with every repair told. */
import { decks } from "../lessons/index.ts";
import { type Hideable, hideable, type PageSettings } from "./mode.ts";

/** The known part of what a link says; undefined if that is nothing. */
export function readPage(given: unknown, say: (repair: string) => void): PageSettings | undefined {
  if (given === undefined) return undefined;
  if (given === null || typeof given !== "object" || Array.isArray(given)) {
    say("How the page shall be shown was not readable.");
    return undefined;
  }
  const { lesson: wanted, embed, hide, ...others } = given as Readonly<Record<string, unknown>>;
  for (const key of Object.keys(others).slice(0, 20))
    say(`Unknown entry "${key.slice(0, 40)}" is left out.`);
  const lesson = wanted === undefined ? undefined : readPlace(wanted, say);
  const hidden = readHidden(hide, say);
  if (embed !== undefined && embed !== true) say("Embedded is either true or left out.");
  if (!lesson && embed !== true && hidden.length === 0) return undefined;
  return {
    ...(lesson && { lesson }),
    ...(embed === true && { embed }),
    ...(hidden.length > 0 && { hide: hidden }),
  };
}

function readPlace(given: unknown, say: (repair: string) => void): PageSettings["lesson"] {
  const { deck: id, chapter } =
    given !== null && typeof given === "object"
      ? (given as { deck?: unknown; chapter?: unknown })
      : {};
  const deck = decks.find((d) => d.id === id);
  if (!deck) {
    say(`There is no lesson ${(JSON.stringify(id) ?? "without a name").slice(0, 40)}.`);
    return undefined;
  }
  const last = deck.chapters.length - 1;
  const used =
    typeof chapter === "number" && Number.isInteger(chapter)
      ? Math.min(last, Math.max(0, chapter))
      : 0;
  if (used !== chapter) say(`“${deck.title}” has no such chapter; chapter ${used + 1} is shown.`);
  return { deck: deck.id, chapter: used };
}

function readHidden(given: unknown, say: (repair: string) => void): readonly Hideable[] {
  if (given === undefined) return [];
  if (!Array.isArray(given)) {
    say("What shall be hidden is no list.");
    return [];
  }
  const known = hideable.filter((part) => given.includes(part));
  if (known.length !== given.length)
    say(`Only these can be hidden, once each: ${hideable.join(", ")}.`);
  return known;
}
