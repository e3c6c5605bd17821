/** @file Every key of the page in one table, and what this browser's user has changed of it. */
import { createStore, type StoreApi } from "zustand/vanilla";

/** What a key may do, in the order of the help sheet. A key is spelt as `KeyboardEvent.key`, with Shift or Alt in front. */
export const shortcuts = [
  { verb: "play", key: " ", text: "Play or pause" },
  { verb: "phase", key: ".", text: "One phase of a step, explained" },
  { verb: "step", key: "ArrowRight", text: "One step" },
  { verb: "nextChange", key: "Shift ArrowRight", text: "On until the genotype changes" },
  { verb: "epoch", key: "Alt ArrowRight", text: "On for one epoch, then pause" },
  { verb: "stepBack", key: "ArrowLeft", text: "Show the step before" },
  { verb: "toStart", key: "Home", text: "Show the beginning" },
  { verb: "live", key: "End", text: "Back to the present" },
  { verb: "reset", key: "r", text: "Reset: the same seed from the beginning" },
  { verb: "newSeed", key: "Shift R", text: "New seed" },
  { verb: "faster", key: "+", text: "Faster" },
  { verb: "slower", key: "-", text: "Slower" },
  { verb: "nextCell", key: "n", text: "Switch between normal and reduction cell" },
  { verb: "compare", key: "c", text: "Add or remove the second lane" },
  { verb: "fork", key: "f", text: "Fork: a new lane from the step on show" },
  { verb: "tree", key: "y", text: "Branches: what was forked from what" },
  { verb: "table", key: "t", text: "α as a table of numbers" },
  { verb: "xray", key: "x", text: "X-ray: show none as a hole in the rope" },
  { verb: "present", key: "p", text: "Present to a class, or leave" },
  { verb: "blank", key: "b", text: "Blank the screen while presenting" },
  { verb: "share", key: "s", text: "Share: copy a link to these settings" },
  { verb: "help", key: "?", text: "This list" },
] as const;
export type Verb = (typeof shortcuts)[number]["verb"];

export interface Keys {
  /** Whether letters, digits and signs do anything without Ctrl, Alt or Meta (WCAG 2.1.4). */
  readonly hasSingle: boolean;
  /** Keys that differ from the table's. */
  readonly changed: Readonly<Partial<Record<Verb, string>>>;
}

const modifier = /^(?:Shift|Alt) /;

/** A key that types a character, as speech input does; Space and the arrows do not count. */
export const isSingle = (key: string): boolean =>
  [...key.replace(modifier, "")].length === 1 && key !== " ";

export const keyOf = ({ changed }: Keys, verb: Verb): string =>
  changed[verb] ?? (shortcuts.find((s) => s.verb === verb)?.key as string);

/** Which verb a key stands for; the user's own keys come first. */
export function verbFor(keys: Keys, key: string): Verb | undefined {
  if (!keys.hasSingle && isSingle(key)) return undefined;
  return shortcuts.find(({ verb }) => keyOf(keys, verb) === key)?.verb;
}

const names: Readonly<Record<string, string>> = {
  " ": "Space",
  ArrowRight: "→",
  ArrowLeft: "←",
  "-": "−",
};
/** As the help sheet prints it: "Shift →", "R". */
export function keyName(key: string): string {
  const [held = ""] = modifier.exec(key) ?? [];
  const bare = key.slice(held.length);
  return held + (names[bare] ?? (bare.length === 1 ? bare.toUpperCase() : bare));
}

const place = "nas-playground.keys";
const usual: Keys = { hasSingle: true, changed: {} };

/** Only keys that type a character or are in the table, each for one verb. */
export function readKeys(text: string | null): Keys {
  try {
    const { hasSingle, changed } = JSON.parse(text ?? "{}") as Partial<Keys>;
    const valid = shortcuts.flatMap(({ verb }) => {
      const own = changed?.[verb];
      // A verb whose key was given away may have any of the table's.
      const isKey =
        typeof own === "string" && (isSingle(own) || shortcuts.some((s) => s.key === own));
      return isKey ? [[verb, own] as const] : [];
    });
    const taken = new Set(valid.map(([, key]) => key));
    return {
      hasSingle: hasSingle !== false,
      changed: taken.size === valid.length ? Object.fromEntries(valid) : {},
    };
  } catch {
    return usual;
  }
}

export type KeyStore = StoreApi<Keys>;

/** The keys in force, remembered in this browser as far as it allows. */
export function createKeys(): KeyStore {
  const saved = () => {
    try {
      return localStorage.getItem(place);
    } catch {
      return null;
    }
  };
  const store = createStore<Keys>(() => readKeys(saved()));
  store.subscribe((keys) => {
    try {
      localStorage.setItem(place, JSON.stringify(keys));
    } catch {
      // Storage may be full or forbidden: the keys hold until the page is left.
    }
  });
  return store;
}

/** Gives a verb another key; a verb that had it takes the one that is free now. */
export function changeKey(keys: Keys, verb: Verb, key: string): Keys {
  if (!isSingle(key)) return keys;
  const before = keyOf(keys, verb);
  const other = shortcuts.find((s) => keyOf(keys, s.verb) === key)?.verb;
  return { ...keys, changed: { ...keys.changed, ...(other && { [other]: before }), [verb]: key } };
}
export const usualKeys = usual;
