/** @file The layer of a step's arrows over a cell, and which edge stands out. */
import { type RefObject, useEffect, useRef } from "react";
import { redrawOnChange } from "../hooks/redraw.ts";
import type { Live } from "../viz/live.ts";
import type { InsideStep } from "../viz/pulls.ts";
import { createPullPainter } from "./pull-painter.ts";
import type { RopePainter, RopeScene } from "./rope-painter.ts";

interface PullLayer {
  readonly scene: RopeScene;
  /** Of the ropes below; absent until there are any. */
  readonly painter: RopePainter | undefined;
  readonly inside: Live<InsideStep | undefined> | undefined;
  /** The edge under the pointer or the focus, which stands out before the one that the step is about. */
  readonly open: number | undefined;
  /** Redraws a second at most. */
  readonly rate: number;
}

/** Returns the layer's ref. */
export function usePulls(props: PullLayer): RefObject<SVGGElement | null> {
  const { scene, painter, inside, open, rate } = props;
  const layer = useRef<SVGGElement>(null);
  useEffect(() => {
    const root = layer.current;
    if (!root || !painter) return;
    const arrows = createPullPainter(root, scene);
    const draw = () => {
      const step = inside?.get();
      arrows.paint(step?.pulls ?? []);
      for (const drawn of [painter, arrows]) drawn.highlight(open ?? step?.lit);
    };
    const stop = redrawOnChange(inside ? [inside] : [], draw, rate);
    return () => {
      stop();
      root.replaceChildren();
    };
  }, [painter, open, inside, scene, rate]);
  return layer;
}
