/** @file How a lane's lines look: methods have no hue, they have dashes and a letter. */

const methodDashes: Readonly<Record<string, readonly number[]>> = {
  R: [],
  D1: [8, 4],
  D2: [8, 3, 2, 3],
  E: [2, 4],
  F: [14, 4],
  G: [14, 4, 2, 4],
  H: [6, 3, 2, 3, 2, 3],
  I: [1, 2],
};

/**
 * One dash pattern per lane, in px, by its letter; a lane whose pattern an earlier one has, or whose letter is not a
 * known method's, takes the first that is free.
 */
export function laneDashes(letters: readonly string[]): readonly (readonly number[])[] {
  const patterns = Object.values(methodDashes);
  const taken: (readonly number[])[] = [];
  for (const letter of letters) {
    const own = methodDashes[letter];
    const free = own && !taken.includes(own) ? own : patterns.find((p) => !taken.includes(p));
    taken.push(free ?? []);
  }
  return taken;
}
