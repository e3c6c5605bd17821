/** @file Asks before a phone is given a supernet: it works, and it warms the hand. By capability, not by name. */
import { useCallback } from "react";

/** A touch screen that is narrow: likely a phone. */
const isHandheld = (): boolean =>
  window.matchMedia("(max-width: 899px) and (pointer: coarse)").matches;

/** Goes on at once, or after a yes where the work is heavy and the device is small. */
export function useWarmth(): (isHeavy: boolean, goOn: () => void) => void {
  return useCallback((isHeavy, goOn) => {
    const question =
      "This trains a network on images and will warm your phone. The toy answers at once. Go on?";
    if (!isHeavy || !isHandheld() || window.confirm(question)) goOn();
  }, []);
}
