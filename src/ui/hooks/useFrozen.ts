/** @file Live values for React at reading speed, which stand still while the focus is on them. */
import { type RefObject, startTransition, useCallback, useEffect, useState } from "react";
import type { Live } from "../viz/live.ts";
import { redrawOnChange } from "./redraw.ts";
import { textRate } from "./useMedia.ts";

interface Frozen<T> {
  readonly value: T;
  /** True while the focus is inside. */
  readonly isFrozen: boolean;
  /** Reads anew, frozen or not. */
  readonly refresh: () => void;
}

/** What `read` says, anew after any of `sources` has changed, twice a second at most; not while `box` has the focus. */
export function useFrozen<T>(
  box: RefObject<HTMLElement | null>,
  sources: readonly Live<unknown>[],
  read: () => T,
): Frozen<T> {
  const [value, setValue] = useState(read);
  const [isFrozen, setFrozen] = useState(false);
  useEffect(() => {
    const element = box.current;
    const look = () => setFrozen(element?.contains(document.activeElement) === true);
    // The focus has moved only after the event that says that it will.
    const later = () => queueMicrotask(look);
    element?.addEventListener("focusin", later);
    element?.addEventListener("focusout", later);
    return () => {
      element?.removeEventListener("focusin", later);
      element?.removeEventListener("focusout", later);
    };
  }, [box]);
  const soon = useCallback(() => startTransition(() => setValue(read())), [read]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the list is made anew by every render, its entries are not.
  useEffect(
    () => (isFrozen ? undefined : redrawOnChange(sources, soon, textRate)),
    [isFrozen, soon, ...sources],
  );
  const refresh = useCallback(() => setValue(read()), [read]);
  return { value, isFrozen, refresh };
}
