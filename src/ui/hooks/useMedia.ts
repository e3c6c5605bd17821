/** @file What the browser says of its user: motion and colour wishes, followed while they change. */
import { useCallback, useDeferredValue, useSyncExternalStore } from "react";

function useMedia(query: string): boolean {
  const subscribe = useCallback(
    (changed: () => void) => {
      const list = window.matchMedia(query);
      list.addEventListener("change", changed);
      return () => list.removeEventListener("change", changed);
    },
    [query],
  );
  return useSyncExternalStore(subscribe, () => window.matchMedia(query).matches);
}

/** True if the user asked for less motion. */
const useReducedMotion = () => useMedia("(prefers-reduced-motion: reduce)");

/** So many have room for two rows each on a laptop's screen of 768 px, but not on what a browser's bars leave of it. */
const fewEdges = 6;
/** Whether the page, which does not scroll then, is too low for two rows for each of so many edges beneath a cell. */
export const useIsLow = (edges: number) =>
  useMedia(`(min-width: 900px) and (max-height: ${edges > fewEdges ? 900 : 700}px)`);

/** How many times a second a chart may redraw: 15, which the eye can use, or 2 under reduced motion. */
export const useDrawRate = () => (useReducedMotion() ? 2 : 15);

/** How many times a second a picture of a whole past may redraw: it is costly, and little of it is new. */
export const historyRate = 5;

/** How many times a second words and numbers that only screen readers meet may change. */
export const textRate = 2;

const watchTheme = (changed: () => void) => {
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributeFilter: ["data-theme", "class", "style"] });
  return () => observer.disconnect();
};
const forcedTheme = () => document.documentElement.dataset["theme"] ?? "system";

/** A value that differs whenever colours may: for canvases, which do not follow CSS by themselves. Inputs come first. */
export function useTheme(): string {
  const prefersDark = useMedia("(prefers-color-scheme: dark)");
  const forced = useSyncExternalStore(watchTheme, forcedTheme);
  const isOwn = useMedia("(forced-colors: active)");
  return useDeferredValue(
    `${forced}, system ${prefersDark ? "dark" : "light"}${isOwn ? ", own colours" : ""}`,
  );
}
