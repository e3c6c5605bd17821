/** @file A value that changes faster than React should render. */

/** Read with `get` whenever it suits; `subscribe` says that it has changed and returns how to stop listening. */
export interface Live<T> {
  get(): T;
  subscribe(changed: () => void): () => void;
}
