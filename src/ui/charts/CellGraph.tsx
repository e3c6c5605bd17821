/** @file A cell as ropes: every edge a rope of constant width, its strands the softmax of α, kept edges outlined. */
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from "react";
import type { AlphaGroup, GenotypeEdge } from "../../protocol/spec.ts";
import { redrawOnChange } from "../hooks/redraw.ts";
import { textRate, useDrawRate } from "../hooks/useMedia.ts";
import { useSize } from "../hooks/useSize.ts";
import { at } from "../viz/at.ts";
import { cellLayout, fittingHeight, frameFor, wideFrame } from "../viz/cell-layout.ts";
import { spokenEdge } from "../viz/cell-names.ts";
import { cellRoutes, pointAt } from "../viz/cell-routes.ts";
import { opStyles } from "../viz/color.ts";
import type { Live } from "../viz/live.ts";
import { mixtureOf } from "../viz/mixture.ts";
import { layRope, middlePath, ropePath } from "../viz/rope.ts";
import css from "./CellGraph.module.css";
import { CellNodes } from "./CellNodes.tsx";
import { EdgeCard } from "./EdgeCard.tsx";
import { graphicsSymbol } from "./graphics-roles.ts";
import { OpKey } from "./OpBadge.tsx";
import { createRopePainter, type RopePainter } from "./rope-painter.ts";

interface CellGraphProps {
  /** What a screen reader calls the picture: "normal cell, DARTS". */
  readonly label: string;
  readonly group: AlphaGroup;
  /** (edges, ops) row by row. */
  readonly alpha: Live<Float32Array | undefined>;
  /** The genotype's edges of this group. */
  readonly kept: Live<readonly GenotypeEdge[] | undefined>;
}

export function CellGraph({ label, group, alpha, kept }: CellGraphProps) {
  const [stage, { width, height }] = useSize<HTMLDivElement>();
  const shape = frameFor(width);
  const frameHeight = fittingHeight(shape, width, height);
  const scene = useMemo(() => {
    const frame = { ...shape, height: frameHeight };
    const layout = cellLayout(group, frame);
    const curves = cellRoutes(group, layout);
    const ropes = curves.map((curve) => layRope(curve, frame));
    const nodes = [...layout.nodes, ...(layout.output ? [layout.output] : [])];
    return { frame, layout, curves, ropes, nodes, styles: opStyles(group.ops) };
  }, [group, shape, frameHeight]);
  const { frame } = scene;

  const ropeLayer = useRef<SVGGElement>(null);
  const edgeLayer = useRef<SVGGElement>(null);
  const [painter, setPainter] = useState<RopePainter>();
  const empty = useRef<HTMLParagraphElement>(null);
  const [hovered, setHovered] = useState<number>();
  const [focused, setFocused] = useState<number>();
  const [pinned, setPinned] = useState<number>();
  /** The edge that holds the picture's one Tab stop. */
  const [stop, setStop] = useState(0);
  const [last, active] = [group.edges.length - 1, pinned ?? hovered ?? focused];
  const open = active !== undefined && active <= last ? active : undefined;
  const rate = useDrawRate();

  useEffect(() => {
    const layer = ropeLayer.current;
    if (!layer) return;
    const ropes = createRopePainter(layer, scene);
    setPainter(ropes);
    const now = () => {
      const genotype = kept.get();
      const isKept =
        genotype &&
        group.edges.map(({ from, to }) => genotype.some((e) => e.from === from && e.to === to));
      return { weights: mixtureOf(group, alpha.get()), isKept };
    };
    const draw = () => {
      const { weights, isKept } = now();
      ropes.paint(weights, isKept);
      if (empty.current) empty.current.hidden = weights !== undefined;
    };
    const name = () => {
      const { weights, isKept } = now();
      for (const [e, edge] of [...(edgeLayer.current?.children ?? [])].entries())
        edge.setAttribute("aria-label", spokenEdge(group, e, weights, isKept?.[e] === true));
    };
    const sources = [alpha, kept];
    const stops = [redrawOnChange(sources, draw, rate), redrawOnChange(sources, name, textRate)];
    return () => {
      for (const stop of stops) stop();
      layer.replaceChildren();
    };
  }, [scene, group, alpha, kept, rate]);

  useEffect(() => painter?.highlight(open), [painter, open]);

  const onKeyDown = (event: KeyboardEvent) => {
    const moves: Record<string, number> = {
      ArrowRight: stop + 1,
      ArrowDown: stop + 1,
      ArrowLeft: stop - 1,
      ArrowUp: stop - 1,
      Home: 0,
      End: last,
    };
    const next = moves[event.key];
    if (next !== undefined) {
      const edge = Math.min(last, Math.max(0, next));
      if (pinned !== undefined) setPinned(edge);
      edgeLayer.current?.querySelectorAll<SVGElement>("[tabindex]")[edge]?.focus();
    } else if (event.key === "Enter" || event.key === " ") togglePin(focused);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
  };
  const togglePin = (edge: number | undefined) =>
    setPinned((now) => (now === edge ? undefined : edge));
  const close = () => {
    setPinned(undefined);
    setHovered(undefined);
    setFocused(undefined);
  };

  const handlers = (edge: number) => ({
    onPointerEnter: () => setHovered(edge),
    onPointerLeave: () => setHovered(undefined),
    onFocus: () => {
      setStop(edge);
      setFocused(edge);
    },
    onBlur: () => setFocused(undefined),
    onClick: () => togglePin(edge),
  });

  const middle = open === undefined ? undefined : pointAt(at(scene.curves, open), 0.5);
  return (
    <figure className={css["cell"]} onKeyDown={onKeyDown}>
      <div className={css["stage"]} ref={stage}>
        <svg
          viewBox={`0 0 ${frame.width} ${frame.height}`}
          // biome-ignore lint/a11y/noRedundantRoles: browsers give svg other roles by themselves
          role="graphics-document"
          aria-label={label}
        >
          <g ref={ropeLayer} />
          <CellNodes group={group} layout={scene.layout} />
          <g ref={edgeLayer}>
            {scene.ropes.map((rope, e) => (
              <g
                // biome-ignore lint/suspicious/noArrayIndexKey: an edge is its place in the group
                key={e}
                className={css["edge"]}
                tabIndex={e === Math.min(stop, last) ? 0 : -1}
                {...graphicsSymbol(spokenEdge(group, e, undefined, false))}
                {...handlers(e)}
              >
                <path className={css["grip"]} d={middlePath(rope)} strokeWidth={frame.rope + 4} />
                <path className={css["ring"]} d={ropePath(rope)} />
              </g>
            ))}
          </g>
        </svg>
        <p className={css["empty"]} ref={empty}>
          <span>No α yet: it appears when the supernet is built.</span>
        </p>
        {open !== undefined && middle && (
          <EdgeCard
            group={group}
            edge={open}
            styles={scene.styles}
            alpha={alpha}
            kept={kept}
            showBars={shape === wideFrame}
            corner={{ right: middle.x < frame.width / 2, bottom: middle.y < frame.height / 2 }}
            onClose={pinned === undefined ? undefined : close}
          />
        )}
      </div>
      <OpKey styles={scene.styles} />
    </figure>
  );
}
