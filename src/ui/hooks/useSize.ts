/** @file The size of an element, followed while it changes. */
import { type RefObject, useEffect, useRef, useState } from "react";

/** In CSS px, rounded; 0 × 0 until measured. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** A ref to put on an element, and the size of its content box. */
export function useSize<E extends Element>(): readonly [RefObject<E | null>, Size] {
  const ref = useRef<E>(null);
  const [size, setSize] = useState<Size>({ width: 0, height: 0 });
  useEffect(() => {
    if (!ref.current) return;
    const observer = new ResizeObserver(([entry]) => {
      if (!entry) return;
      const width = Math.round(entry.contentRect.width);
      const height = Math.round(entry.contentRect.height);
      setSize((old) => (old.width === width && old.height === height ? old : { width, height }));
    });
    observer.observe(ref.current);
    return () => observer.disconnect();
  }, []);
  return [ref, size];
}
