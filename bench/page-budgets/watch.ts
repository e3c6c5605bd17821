/** @file What is written down inside the page while it is used: frames, long tasks, inputs, shifts, and when α is drawn. */

/** Times in ms. */
export interface Seen {
  /** Between two frames. */
  readonly frames: readonly number[];
  /** Of tasks of 50 ms and more, after the mark. */
  readonly longTasks: readonly number[];
  /** From an input to the next paint, one for each interaction of 16 ms and more. */
  readonly inputs: readonly number[];
  /** From the moment when the worker hands over a burst to the frame after the cell with its last step was drawn. */
  readonly alpha: readonly number[];
  /** The sum of unexpected layout shifts since the page was opened. */
  readonly shift: number;
}
interface Watch {
  /** Forgets all but shifts, and looks at frames from now on. */
  mark(): void;
  read(): Seen;
}
declare global {
  interface Window {
    watch: Watch;
  }
}

/** Runs in the engine's worker: every message says when it was handed over, in ms since 1970. */
export function stampMessages(): void {
  const scope = globalThis as unknown as { postMessage(message: object, moved?: unknown[]): void };
  const post = scope.postMessage.bind(scope);
  scope.postMessage = (message, moved = []) =>
    post({ ...message, sentMs: performance.timeOrigin + performance.now() }, moved);
}

/** Runs in the page before its own scripts; everything that it needs is inside it. */
export function installWatch(): void {
  let frames: number[] = [];
  let longTasks: number[] = [];
  let inputs = new Map<number, number>();
  let alpha: number[] = [];
  let shift = 0;
  let last = 0;
  const taken = new Map<string, number>();
  const waiting: { readonly step: number; readonly ms: number; readonly lane: string }[] = [];

  const see = (type: string, take: (entry: PerformanceEntry) => void) =>
    new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({
      type,
      buffered: true,
      durationThreshold: 16,
    } as PerformanceObserverInit);
  see("longtask", ({ duration }) => longTasks.push(duration));
  see("event", (entry) => {
    const { interactionId = 0, duration } = entry as PerformanceEventTiming;
    if (interactionId)
      inputs.set(interactionId, Math.max(inputs.get(interactionId) ?? 0, duration));
  });
  see("layout-shift", (entry) => {
    const { value, hadRecentInput } = entry as PerformanceEntry & {
      readonly value: number;
      readonly hadRecentInput: boolean;
    };
    if (!hadRecentInput) shift += value;
  });

  const shownStep = (lane: string) =>
    Number(document.querySelector(`[data-lane=${lane}] [data-drawn]`)?.getAttribute("data-drawn"));
  const frame = (now: number) => {
    if (last) frames.push(now - last);
    last = now;
    for (let i = waiting.length - 1; i >= 0; i--) {
      const { step, ms, lane } = waiting[i] as (typeof waiting)[number];
      if (shownStep(lane) < step) continue;
      alpha.push(now - ms);
      waiting.splice(i, 1);
    }
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);

  const Native = window.Worker;
  window.Worker = class extends Native {
    constructor(url: string | URL, options?: WorkerOptions) {
      super(url, options);
      this.addEventListener("message", ({ data, timeStamp }) => {
        if (data.kind === "created") taken.set(data.runId, 0);
        if (data.kind !== "steps") return;
        const step = (taken.get(data.runId) ?? 0) + data.burst.records.length;
        taken.set(data.runId, step);
        // A run's name begins with its lane's letter.
        const ms = data.sentMs === undefined ? timeStamp : data.sentMs - performance.timeOrigin;
        waiting.push({ step, ms, lane: data.runId[0] });
      });
    }
  };
  window.watch = {
    mark() {
      frames = [];
      longTasks = [];
      inputs = new Map();
      alpha = [];
      last = 0;
    },
    read: () => ({ frames, longTasks, inputs: [...inputs.values()], alpha, shift }),
  };
}
