/** @file Reading a list where an element must be. */

/** `list[index]`; a negative index counts from the end. Throws if there is no such element. */
export function at<T>(list: ArrayLike<T>, index: number): T {
  const found = list[index < 0 ? list.length + index : index];
  if (found === undefined) throw new Error(`no element ${index} in a list of ${list.length}`);
  return found;
}
