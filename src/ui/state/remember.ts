/** @file The last result of something costly, for as long as all that it was made of stays the same. */

/** A function that calls `make` only where an entry of `of` is another object or number than the time before. */
export function remember<T>(): (of: readonly unknown[], make: () => T) => T {
  let known: { readonly of: readonly unknown[]; readonly value: T } | undefined;
  return (of, make) => {
    const isSame = known?.of.length === of.length && known.of.every((x, i) => Object.is(x, of[i]));
    if (!known || !isSame) known = { of, value: make() };
    return known.value;
  };
}
