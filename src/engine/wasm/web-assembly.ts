/** @file The part of the WebAssembly interface in use; the engine is checked without the DOM's types. */

/** Compiled code, which threads may share. */
export type Module = object;
export interface Memory {
  readonly buffer: ArrayBuffer;
  /** By so many pages; throws beyond the maximum, or where there is no memory left. */
  grow(pages: number): number;
}
export interface WebAssemblyApi {
  validate(code: Uint8Array<ArrayBuffer>): boolean;
  compile(code: Uint8Array<ArrayBuffer>): Promise<Module>;
  readonly Memory: new (limits: { initial: number; maximum: number; shared: boolean }) => Memory;
  readonly Instance: new (
    module: Module,
    imports: { env: { memory: Memory } },
  ) => { readonly exports: Readonly<Record<string, unknown>> };
}

/** The machine's WebAssembly. */
export const webAssembly = (): WebAssemblyApi =>
  (globalThis as unknown as { WebAssembly: WebAssemblyApi }).WebAssembly;
