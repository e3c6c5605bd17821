/** @file One edge's softmax weights as numbers and bars, following α while it is open. */
import { useEffect, useRef } from "react";
import type { AlphaGroup, GenotypeEdge } from "../../protocol/spec.ts";
import { redrawOnChange } from "../hooks/redraw.ts";
import { useDrawRate } from "../hooks/useMedia.ts";
import { at } from "../viz/at.ts";
import { nodeName } from "../viz/cell-names.ts";
import { type OpStyle, opColor } from "../viz/color.ts";
import type { Live } from "../viz/live.ts";
import { mixtureOf } from "../viz/mixture.ts";
import css from "./EdgeCard.module.css";
import { NodeName } from "./NodeName.tsx";
import { OpBadge } from "./OpBadge.tsx";

interface EdgeCardProps {
  readonly group: AlphaGroup;
  readonly edge: number;
  readonly styles: readonly OpStyle[];
  readonly alpha: Live<Float32Array | undefined>;
  readonly kept: Live<readonly GenotypeEdge[] | undefined>;
  /** False where there is little room. */
  readonly showBars: boolean;
  /** The corner of the stage that the edge leaves free. */
  readonly corner: { readonly right: boolean; readonly bottom: boolean };
  /** Absent while the card only follows the pointer or the focus. */
  readonly onClose?: (() => void) | undefined;
}

export function EdgeCard(props: EdgeCardProps) {
  const { group, edge, styles, alpha, kept, corner, showBars, onClose } = props;
  const { from, to } = at(group.edges, edge);
  const rows = useRef<HTMLTableSectionElement>(null);
  const fate = useRef<HTMLSpanElement>(null);
  const rate = useDrawRate();

  useEffect(() => {
    const draw = () => {
      const weights = mixtureOf(group, alpha.get());
      const keeps = kept.get();
      const mine = keeps?.find((e) => e.from === from && e.to === to);
      if (fate.current) fate.current.textContent = keeps ? (mine ? "kept" : "dropped") : "";
      group.ops.forEach((op, k) => {
        const row = rows.current?.children[k];
        const [bar, value] = row?.querySelectorAll<HTMLElement>("[data-live]") ?? [];
        const weight = weights?.[edge * group.ops.length + k];
        if (value) value.textContent = weight?.toFixed(3) ?? "–";
        if (bar) bar.style.scale = `${Math.min(1, Math.max(0, weight ?? 0)).toFixed(3)} 1`;
        row?.toggleAttribute("data-kept", mine?.op === op);
      });
    };
    return redrawOnChange([alpha, kept], draw, rate);
  }, [group, edge, from, to, alpha, kept, rate]);

  return (
    <div
      className={css["card"]}
      data-right={corner.right}
      data-bottom={corner.bottom}
      data-pinned={onClose !== undefined}
    >
      <div className={css["title"]}>
        <strong>
          <NodeName name={nodeName(group, from)} /> → <NodeName name={nodeName(group, to)} />
        </strong>
        <span ref={fate} />
        {onClose && (
          <button type="button" aria-label="Close the card" onClick={onClose}>
            ×
          </button>
        )}
      </div>
      <table>
        <tbody ref={rows}>
          {styles.map((style) => (
            <tr key={style.op}>
              <td>
                <OpBadge style={style} />
              </td>
              <th scope="row">{style.op}</th>
              <td className={css["track"]} hidden={!showBars}>
                <span data-live className={css["bar"]} style={{ background: opColor(style) }} />
              </td>
              <td data-live className={css["value"]} />
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
