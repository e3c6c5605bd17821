/** @file Words with formulas in them, whose losses have their names as subscripts. */

/** "L_train(w, α)" is set as L with "train" below the line; everything else as it is. */
export function Formula({ text }: { readonly text: string }) {
  return text.split(/L_(train|val)/).map((part, i) =>
    i % 2 === 0 ? (
      part
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: a part is its place in the text
      <span key={i}>
        L<sub>{part}</sub>
      </span>
    ),
  );
}
