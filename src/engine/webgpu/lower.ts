/** @file Lowers a plan to dispatches: every call's rows in one table, and the calls that share a dispatch. */
import type { Op, Plan, Step, Table } from "../compiler/plan.ts";
import type { Spec } from "../compiler/spec.ts";
import { shaderOf } from "../kernels/wgsl.ts";
import { dependencies, gather } from "./order.ts";
import { type Device, type Places, type Shader, type Shape, shapeCode } from "./shader.ts";
import { touches } from "./touches.ts";

/** Words of a row in the table. */
export const ROW = 16;

/** A call's rows in the table. */
export interface Call {
  /** Without one, it always runs. */
  readonly op: Op | undefined;
  readonly first: number;
  readonly count: number;
}
/** Calls that run at once, those of a chain one after another; row i of a chain's calls goes to one workgroup after another. */
export interface Dispatch {
  readonly key: string;
  readonly chains: readonly (readonly Call[])[];
  /** Workgroups along x. */
  readonly groups: number;
  /** Where `chosen` says which rows run: room for every chain's start and every row. */
  readonly chosen: number;
  readonly capacity: number;
}
/** What runs as one pipeline. */
export interface Kernel {
  readonly key: string;
  readonly shader: Shader;
  readonly shapes: readonly Shape[];
  /** Words that are constants of its code. */
  readonly fixed: Readonly<Partial<Record<string, number>>>;
}
/** A mixture table, its terms with the addresses of this device. */
export interface LoweredTable extends Table {
  readonly chosen: number;
}

/** Collects rows, kernels and places while passes are lowered. */
export class Lowering {
  readonly plan: Plan;
  readonly device: Device;
  readonly rows: number[] = [];
  readonly tables = new Map<number, LoweredTable>();
  /** Length of `chosen`, and of the device's two buffers, in floats. */
  chosen = 0;
  scalars = 0;
  planes: number;
  readonly #kernels = new Map<string, Kernel>();
  readonly #shapes = new Map<string, Map<number, Shape>>();
  readonly #parts: ReadonlySet<number>;
  readonly #places: Places;

  constructor(plan: Plan, device: Device) {
    this.plan = plan;
    this.device = device;
    this.planes = plan.floats;
    this.#parts = new Set(
      plan.mixture.parts.flatMap(({ at, n }) => Array.from({ length: n }, (_, i) => at + i)),
    );
    const scalar = (at: number, size: number): number => {
      this.scalars = Math.max(this.scalars, at + size);
      return at;
    };
    this.#places = {
      plane: (at) => at / 4,
      scalar,
      part: (at, size) => (this.#parts.has(at) ? scalar(at, size) : 0),
      table: (at) => (this.tables.get(at) as LoweredTable).chosen,
    };
  }

  get kernels(): readonly Kernel[] {
    return [...this.#kernels.values()].map((kernel) => ({
      ...kernel,
      shapes: [...(this.#shapes.get(kernel.key) ?? new Map<number, Shape>()).values()],
    }));
  }
  /** Room in `chosen`. */
  reserve(words: number): number {
    this.chosen += words;
    return this.chosen - words;
  }

  /** The dispatches of a pass, in order. */
  pass(steps: readonly Step[]): Dispatch[] {
    const ops = steps.flatMap((step) => this.#relocate(step));
    const items = ops.map(({ op, args, terms }) => {
      const spec = this.plan.kernels[op.kernel] as Spec;
      const key = this.#kernel(spec.kind, shaderOf(spec.kind), spec);
      return { key, spec, op, args, touches: touches(spec, args, terms) };
    });
    return gather(items, dependencies(items)).map(({ key, chains }) => {
      const calls = chains.map((chain) =>
        chain.map((i) => {
          const { spec, op, args } = items[i] as (typeof items)[number];
          const shader = shaderOf(spec.kind);
          const groups = shader.groups(spec, this.device);
          return { ...this.#call(shader, spec, args), op, groups };
        }),
      );
      return this.#dispatch(key, calls);
    });
  }
  /** A dispatch that always runs, of a shader that is no kernel of the plan. */
  always<S>(key: string, shader: Shader<S>, subject: S): Dispatch {
    this.#kernel(key, shader, subject);
    const groups = shader.groups(subject, this.device);
    return this.#dispatch(key, [[{ ...this.#call(shader, subject, []), op: undefined, groups }]]);
  }

  #dispatch(key: string, chains: (Call & { readonly groups: number })[][]): Dispatch {
    const capacity = chains.reduce((sum, [first]) => sum + (first as Call).count, 0);
    const rows = chains.flat().reduce((sum, { count }) => sum + count, 0);
    const groups = Math.max(...chains.flat().map((call) => call.groups));
    return { key, chains, groups, capacity, chosen: this.reserve(capacity + 1 + rows) };
  }
  #call<S>(shader: Shader<S>, subject: S, args: readonly number[]): Omit<Call, "op"> {
    if (shader.words.length > ROW)
      throw new Error(
        `a kernel has rows of ${shader.words.length} words; there is room for ${ROW}`,
      );
    const first = this.rows.length / ROW;
    for (const row of shader.rows(subject, args, this.#places)) {
      for (const word of shader.words) this.rows.push(row[word] as number);
      for (let i = shader.words.length; i < ROW; i++) this.rows.push(0);
    }
    return { first, count: this.rows.length / ROW - first };
  }
  /** The pipeline that runs this, by name. */
  #kernel<S>(name: string, shader: Shader<S>, subject: S): string {
    const shape = shader.shape?.(subject);
    const fixed = this.device.software ? { ...shader.fixed?.(subject) } : {};
    const options = Object.entries(fixed).map(([word, value]) => `${word}=${value}`);
    const key = [name, ...options].join(" ");
    this.#kernels.set(key, { key, shader: shader as Shader, shapes: [], fixed });
    const shapes = this.#shapes.get(key) ?? new Map<number, Shape>();
    if (shape) shapes.set(shapeCode(shape), shape);
    this.#shapes.set(key, shapes);
    return key;
  }

  /** Tasks of a step run side by side: each gets scratch memory of its own. */
  #relocate(step: Step): { op: Op; args: readonly number[]; terms: Table["rows"] }[] {
    const { scratch, tables } = this.plan;
    let slot = -1;
    return step.flatMap((task) => {
      if (task.some(({ args }) => args.some((at) => at >= scratch.at))) slot++;
      const move = (at: number): number => (at >= scratch.at ? at + slot * scratch.size : at);
      this.planes = Math.max(this.planes, this.plan.floats + slot * scratch.size);
      return task.map((op) => {
        const args = op.args.map(move);
        if (this.plan.kernels[op.kernel]?.kind !== "mix") return { op, args, terms: [] };
        const table = tables.find(({ at }) => at === op.args[0]) as Table;
        const terms = table.rows.map((row) => ({ ...row, y: move(row.y) }));
        const chosen = this.reserve(1 + 3 * terms.length);
        this.tables.set(table.at, { at: table.at, rows: terms, chosen });
        for (const { st, scale } of terms)
          this.scalars = Math.max(
            this.scalars,
            scale + 1,
            st + 2 * (this.plan.kernels[op.kernel] as { n: number }).n,
          );
        return { op, args, terms };
      });
    });
  }
}
