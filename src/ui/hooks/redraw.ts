/** @file Redraws what lies outside React when its live values change, a bounded number of times a second. */
import type { Live } from "../viz/live.ts";

/**
 * Draws now, and then inside an animation frame after any of `sources` has changed, at most `perSecond` times a second;
 * a page in the background draws nothing. Returns how to stop.
 */
export function redrawOnChange(
  sources: readonly Live<unknown>[],
  draw: () => void,
  perSecond: number,
): () => void {
  let [frame, timer, drawnMs] = [0, 0, 0];
  const drawNow = () => {
    frame = 0;
    drawnMs = performance.now();
    draw();
  };
  const requestFrame = () => {
    timer = 0;
    frame = requestAnimationFrame(drawNow);
  };
  const changed = () => {
    if (frame || timer) return;
    // A frame comes every 17 ms or so: do not wait for less than half of one.
    const waitMs = drawnMs + 1000 / perSecond - performance.now();
    if (waitMs > 8) timer = window.setTimeout(requestFrame, waitMs);
    else requestFrame();
  };
  drawNow();
  const stops = sources.map((source) => source.subscribe(changed));
  return () => {
    for (const stop of stops) stop();
    cancelAnimationFrame(frame);
    window.clearTimeout(timer);
  };
}
