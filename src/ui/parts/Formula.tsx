/** @file Words with formulas in them: each stays on one line, and losses have their names as subscripts. */

/** "α = 2 / (1 + 2ξ)", or a point such as "(1, −2)". */
const formula = /((?:\S+ [=+−×/≥≤] )+\S+|\([−\d.]+, [−\d.]+\))/;

/** The text as it is, also for those who copy it, but "L_train(w, α)" is set with "train" below the line. */
export function Formula({ text }: { readonly text: string }) {
  return text.split(formula).map((part, i) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a part is its place in the text
    <span key={i} className={i % 2 === 0 ? undefined : "formula"}>
      {part.split(/L_(train|val)/).map((piece, k) =>
        k % 2 === 0 ? (
          piece
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: likewise
          <span key={k}>
            L<sub>{piece}</sub>
          </span>
        ),
      )}
    </span>
  ));
}
