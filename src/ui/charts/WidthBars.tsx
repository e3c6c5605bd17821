/** @file Every layer's channels as bars of |α|, with the line below which they are pruned and what is left. */
import { useEffect, useMemo, useRef, useState } from "react";
import type { AlphaGroup } from "../../protocol/spec.ts";
import { redrawOnChange } from "../hooks/redraw.ts";
import { textRate, useDrawRate } from "../hooks/useMedia.ts";
import type { Live } from "../viz/live.ts";
import { type WidthBars as Bars, widthBars } from "../viz/width-bars.ts";
import css from "./WidthBars.module.css";

interface WidthBarsProps {
  /** What a screen reader calls the picture: "Lane A, channel scores". */
  readonly label: string;
  readonly groups: readonly AlphaGroup[];
  /** (channels, 1) per group. */
  readonly alpha: Live<Readonly<Record<string, Float32Array>> | undefined>;
  /** Share of all channels to prune, [0, 1). */
  readonly quantile: number;
}

export function WidthBars({ label, groups, alpha, quantile }: WidthBarsProps) {
  const body = useRef<HTMLUListElement>(null);
  const [now, setNow] = useState<Pick<Bars, "sizes" | "threshold" | "top">>();
  const rate = useDrawRate();
  const all = useMemo(() => groups.reduce((n, { edges }) => n + edges.length, 0), [groups]);

  useEffect(() => {
    const draw = () => {
      const bars = widthBars(groups, alpha.get(), quantile);
      const list = body.current;
      if (bars && list) paint(list, bars);
    };
    const write = () => {
      const bars = widthBars(groups, alpha.get(), quantile);
      if (bars) setNow({ sizes: bars.sizes, threshold: bars.threshold, top: bars.top });
    };
    const stops = [redrawOnChange([alpha], draw, rate), redrawOnChange([alpha], write, textRate)];
    return () => {
      for (const stop of stops) stop();
    };
  }, [groups, alpha, quantile, rate]);

  const left = now?.sizes.split(":").reduce((n, width) => n + Number(width), 0) ?? all;
  const said = now
    ? `${label}: ${left} of ${all} channels stay, ${now.sizes}; pruned below ${now.threshold.toFixed(3)}`
    : label;
  return (
    <figure className={css["widths"]} aria-label={said}>
      <figcaption className={css["head"]}>
        <b className={css["sizes"]}>{now?.sizes ?? "–"}</b>
        <span>
          {left} of {all} channels stay
        </span>
        <span className={css["key"]}>
          <i className={css["bar"]} data-kept="true" /> kept
          <i className={css["bar"]} data-kept="false" /> pruned
          <i className={css["dash"]} /> |α| = {now ? now.threshold.toFixed(3) : "–"}
        </span>
        <span className={css["key"]}>tallest {now ? now.top.toFixed(3) : "–"}</span>
      </figcaption>
      <ul ref={body} className={css["layers"]}>
        {groups.map(({ name, edges }) => (
          <li key={name} className={css["layer"]}>
            <span className={css["name"]}>{layerName(name)}</span>
            <span className={css["plot"]} aria-hidden="true">
              {edges.map(({ to }) => (
                <i key={to} className={css["bar"]} />
              ))}
              <span className={css["line"]} />
            </span>
            <span className={css["count"]}>
              <b data-count={true}>{edges.length}</b>/{edges.length}
            </span>
          </li>
        ))}
      </ul>
    </figure>
  );
}

/** "stage1.block2" as a person says it. */
const layerName = (name: string): string => {
  const [, stage, block] = /^stage(\d+)(?:\.block(\d+))?$/.exec(name) ?? [];
  if (stage === undefined) return name;
  return block === undefined ? `stage ${stage}, stream` : `stage ${stage}, block ${block}`;
};

function paint(list: HTMLUListElement, { layers, line }: Bars): void {
  list.style.setProperty("--line-at", `${(100 * line).toFixed(2)}%`);
  layers.forEach(({ heights, isKept, kept }, l) => {
    const row = list.children[l];
    row?.querySelectorAll<HTMLElement>("i").forEach((bar, c) => {
      bar.style.setProperty("--height", `${(100 * (heights[c] ?? 0)).toFixed(2)}%`);
      bar.dataset["kept"] = String(isKept[c]);
    });
    const count = row?.querySelector<HTMLElement>("[data-count]");
    if (count) count.textContent = String(kept);
  });
}
