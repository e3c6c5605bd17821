/** @file A value that changes faster than React should render. */

/** Read with `get` whenever it suits; `subscribe` says that it has changed and returns how to stop listening. */
export interface Live<T> {
  get(): T;
  subscribe(changed: () => void): () => void;
}

/** What `get` makes of what `sources` hold; told of when it is another thing, or another object, than before. */
export const liveOf = <T>(
  get: () => T,
  ...sources: readonly Pick<Live<unknown>, "subscribe">[]
): Live<T> => ({
  get,
  subscribe(changed) {
    let last = get();
    const look = (): void => {
      const now = get();
      if (Object.is(now, last)) return;
      last = now;
      changed();
    };
    const stops = sources.map((source) => source.subscribe(look));
    return () => {
      for (const stop of stops) stop();
    };
  },
});
