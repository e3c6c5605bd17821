/** @file One WebAssembly function in the making: locals, loops, conditions. */
import { bytesOf, unsigned } from "./encoding.ts";
import { type F32, type I32, i32, type Statement, type V128, v128 } from "./expressions.ts";

interface Types {
  i32: I32;
  f32: F32;
  v128: V128;
}
const typeByte = { i32: 0x7f, f32: 0x7d, v128: 0x7b } as const;

/** A local variable or parameter. */
export class Local<T extends keyof Types> {
  readonly #fn: Fn;
  readonly #set: Statement;
  /** Its value. */
  readonly get: Types[T];
  constructor(fn: Fn, index: number) {
    this.#fn = fn;
    this.get = [0x20, ...unsigned(index)];
    this.#set = [0x21, ...unsigned(index)];
  }
  set(value: Types[T]): void {
    this.#fn.emit(value);
    this.#fn.emit(this.#set);
  }
}

/** A function without result; every parameter is an i32 byte address. */
export class Fn {
  readonly params: readonly Local<"i32">[];
  /** a·b + c; fused where relaxed SIMD allows it. */
  readonly madd: (a: V128, b: V128, c: V128) => V128;
  readonly #types: number[] = [];
  readonly #body: Statement[] = [];

  constructor(arity: number, relaxed: boolean) {
    this.params = Array.from({ length: arity }, (_, i) => new Local<"i32">(this, i));
    this.madd = relaxed ? v128.relaxedMadd : (a, b, c) => v128.add(c, v128.mul(a, b));
  }

  /** The parameter of this index. */
  param(index: number): Local<"i32"> {
    const found = this.params[index];
    if (!found) throw new Error(`no parameter ${index}; there are ${this.params.length}`);
    return found;
  }
  local<T extends keyof Types>(type: T): Local<T> {
    this.#types.push(typeByte[type]);
    return new Local<T>(this, this.params.length + this.#types.length - 1);
  }
  locals<T extends keyof Types>(type: T, count: number): Local<T>[] {
    return Array.from({ length: count }, () => this.local(type));
  }
  /** A new local with a first value. */
  let<T extends keyof Types>(type: T, value: Types[T]): Local<T> {
    const made = this.local(type);
    made.set(value);
    return made;
  }
  emit(code: Statement): void {
    this.#body.push(code);
  }
  advance(pointer: Local<"i32">, bytes: number): void {
    if (bytes !== 0) pointer.set(i32.add(pointer.get, i32.const(bytes)));
  }
  /** Runs the body `count` ≥ 1 times. */
  times(count: number, body: () => void): void {
    if (count === 1) body();
    else this.#loop(this.let("i32", i32.const(count)), body);
  }
  /** Runs the body as often as the local says when the function gets here, perhaps never. */
  repeat(count: Local<"i32">, body: () => void): void {
    const left = this.let("i32", count.get);
    this.when(left.get, () => this.#loop(left, body));
  }
  #loop(left: Local<"i32">, body: () => void): void {
    this.emit([0x03, 0x40]);
    body();
    this.advance(left, -1);
    this.emit([...left.get, 0x0d, 0x00, 0x0b]);
  }
  when(condition: I32, body: () => void): void {
    this.emit([...condition, 0x04, 0x40]);
    body();
    this.emit([0x0b]);
  }
  fill(at: I32, bytes: number): void {
    this.emit([...at, ...i32.const(0), ...i32.const(bytes), 0xfc, 0x0b, 0x00]);
  }
  /** The function's entry in a module's code section. */
  encode(): Uint8Array<ArrayBuffer> {
    const locals = [...unsigned(this.#types.length), ...this.#types.flatMap((type) => [1, type])];
    const code = bytesOf([locals, ...this.#body, [0x0b]]);
    return bytesOf([unsigned(code.length), code]);
  }
}
