/** @file What the benchmark measures: engines, steps of methods, and samples of them. Types and names only. */

/** The steps that are timed: of the weights alone, of α alone, and of whole methods. */
export const stepNames = ["w", "alpha", "darts1", "darts2", "rarts4", "rarts2", "edas"] as const;
export type StepName = (typeof stepNames)[number];
export const engineNames = ["wasm", "webgpu", "reference", "torch"] as const;
export type EngineName = (typeof engineNames)[number];
export const hostNames = ["node", "chromium"] as const;
export type HostName = (typeof hostNames)[number];
export const presetNames = ["tiny", "small", "paper"] as const;
export type PresetName = (typeof presetNames)[number];

/** One way to compute, in one place. PyTorch, which runs in neither, counts as beside Node. */
export interface EngineId {
  readonly engine: EngineName;
  readonly host: HostName;
  /** 1 where threads are not ours to choose. */
  readonly threads: number;
  /** Fused multiply-adds of WebAssembly's relaxed SIMD. */
  readonly relaxed: boolean;
}

/** What is known once an engine has taken its first step. */
export interface Prepared {
  /** Milliseconds to plan, write and compile the kernels and start the threads; undefined where nothing is compiled. */
  readonly compileMs?: number | undefined;
  /** Milliseconds from nothing bound to the end of the first w step, compilation included. */
  readonly firstStepMs: number;
  readonly arenaBytes?: number | undefined;
  /** Of one w step's passes; border taps are not counted. */
  readonly multiplyAdds?: number | undefined;
}
/** One step. */
export interface Sample {
  readonly ms: number;
  /** Kernels that it launched: WebGPU dispatches, optimisers included, or kernel calls of a compiled plan's passes. */
  readonly dispatches?: number | undefined;
}

/** An engine that can be asked for steps, one request at a time. */
export interface Engine {
  readonly id: EngineId;
  readonly steps: readonly StepName[];
  /** Everything up to the end of the first w step. Throws with a reason if it cannot run here. */
  prepare(): Promise<Prepared>;
  /** `count` timed steps of one kind, after `warm` that are not. */
  measure(step: StepName, count: number, warm: number): Promise<readonly Sample[]>;
  /** Frees everything; `prepare` may follow again. */
  close(): Promise<void>;
}
