/** @file Redraws what lies outside React when its live values change: as often as is useful, and as this machine bears. */
import type { Live } from "../viz/live.ts";

/** Pictures may take so long of one frame; those that are left over come in the next. */
const drawingMs = 6;
/** A frame with pictures that took longer than this, painting included, is followed by a rest in which inputs are heard. */
const slowFrameMs = 34;
const [restRatio, longestRestMs] = [3, 1000];

/** The frame that is being drawn, by the time that all of its callbacks are given, and how long its pictures have taken. */
let frame = { id: 0, spentMs: 0 };
/** No picture begins before. */
let restUntilMs = 0;

/** True if there was time left to draw in the frame. */
function drawInFrame(id: number, draw: () => void): boolean {
  const beginMs = performance.now();
  if (frame.id !== id) {
    frame = { id, spentMs: 0 };
    requestAnimationFrame(() => {
      const [nextMs, tookMs] = [performance.now(), performance.now() - beginMs];
      restUntilMs = tookMs > slowFrameMs ? nextMs + Math.min(longestRestMs, restRatio * tookMs) : 0;
    });
  }
  if (frame.spentMs > drawingMs) return false;
  draw();
  frame.spentMs += performance.now() - beginMs;
  return true;
}

/**
 * Draws now, and then inside an animation frame after any of `sources` has changed, at most `perSecond` times a second
 * and less often where frames are slow; a page in the background draws nothing. Returns how to stop.
 */
export function redrawOnChange(
  sources: readonly Live<unknown>[],
  draw: () => void,
  perSecond: number,
): () => void {
  let [request, timer, drawnMs] = [0, 0, performance.now()];
  const drawNow = (id: number) => {
    request = 0;
    if (drawInFrame(id, draw)) drawnMs = performance.now();
    else requestFrame();
  };
  const requestFrame = () => {
    timer = 0;
    request = requestAnimationFrame(drawNow);
  };
  const changed = () => {
    if (request || timer) return;
    // A frame comes every 17 ms or so: do not wait for less than half of one.
    const waitMs = Math.max(drawnMs + 1000 / perSecond, restUntilMs) - performance.now();
    if (waitMs > 8) timer = window.setTimeout(requestFrame, waitMs);
    else requestFrame();
  };
  draw();
  const stops = sources.map((source) => source.subscribe(changed));
  return () => {
    for (const stop of stops) stop();
    cancelAnimationFrame(request);
    window.clearTimeout(timer);
  };
}
