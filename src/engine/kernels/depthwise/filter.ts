/**
 * @file Depthwise convolution, and its gradient by the input: each plane is correlated with its own k×k filter, or with
 * the transpose of that.
 */
import type { Window } from "../../compiler/geometry.ts";
import type { SpecOf } from "../../compiler/spec.ts";
import { type I32, i32, type V128, v128 } from "../../wasm/assembler/expressions.ts";
import type { Fn, Local } from "../../wasm/assembler/function.ts";
import { arrive, bytes } from "../../wasm/assembler/loops.ts";
import { blockOf, type Reads, slide } from "../../wasm/assembler/windows.ts";

/** x, w, y */
export function depthwise(f: Fn, { window }: SpecOf<"depthwise">): void {
  const y = f.param(2);
  filter(f, window, false, [y], (acc, offset, vector) =>
    f.emit(v128.store(i32.add(y.get, vector), acc, offset)),
  );
}

/** dy, w, dx, relu */
export function depthwiseBackInput(f: Fn, spec: SpecOf<"depthwiseBackInput">): void {
  const { window, masked } = spec;
  const [dx, relu] = [f.param(2), f.param(3)];
  const transposed = { ...window, src: window.dst, dst: window.src };
  filter(f, transposed, true, masked ? [dx, relu] : [dx], (acc, offset, vector) =>
    arrive(f, spec, i32.add(dx.get, vector), i32.add(relu.get, vector), offset, acc),
  );
}

function filter(
  f: Fn,
  window: Window,
  back: boolean,
  outputs: readonly Local<"i32">[],
  finish: (acc: V128, offset: number, vector: I32) => void,
): void {
  const { k, src } = window;
  const [x, w] = [f.param(0), f.param(1)];
  const acc = f.locals("v128", blockOf(window));
  const taps = f.locals("v128", k);
  const value = f.local("v128");
  const line = f.local("i32");
  const visitor = {
    begin(): void {
      for (const a of acc) a.set(v128.zero);
    },
    row(i: number, at: I32, _: I32, reads: Reads): void {
      line.set(i32.add(x.get, at));
      for (const j of new Set([...reads.values()].flat().map((use) => use.j)))
        taps[j]?.set(v128.loadSplat(w.get, bytes(i * k + j)));
      for (const [column, uses] of reads) {
        value.set(v128.load(line.get, bytes(column * src.b)));
        for (const { o, j } of uses) {
          const [to, tap] = [acc[o] as Local<"v128">, taps[j] as Local<"v128">];
          to.set(f.madd(value.get, tap.get, to.get));
        }
      }
    },
    finish(o: number, offset: number, vector: I32): void {
      finish((acc[o] as Local<"v128">).get, offset, vector);
    },
  };
  slide(f, window, back, [x], outputs, visitor, () => f.advance(w, bytes(k * k)));
}
