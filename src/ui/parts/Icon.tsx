/** @file The page's icons as inline SVG, so that nothing is ever fetched. */

/** Each path is drawn on a 16 × 16 grid. */
const paths = {
  play: "M4 2.5v11l9-5.5z",
  pause: "M4 2.5h3v11H4zm5 0h3v11H9z",
  step: "M3 2.5v11l7-5.5zm8 0h2v11h-2z",
  back: "M13 2.5v11L6 8zM3 2.5h2v11H3z",
  phase:
    "M3 2.5v11l6-5.5zM11.5 4a1.5 1.5 0 1 1 0 3 1.5 1.5 0 0 1 0-3zm0 5a1.5 1.5 0 1 1 0 3 1.5 1.5 0 0 1 0-3z",
  change: "M2 2.5v11l5-5.5zm5 0v11l5-5.5zm5.5 0H14v11h-1.5z",
  // A pass once around.
  epoch: "M8 1.5A6.5 6.5 0 1 1 1.5 8h2A4.5 4.5 0 1 0 8 3.5V6L4.4 2.5 8 -1zM6.5 5.5v5l4-2.5z",
  live: "M8 5a3 3 0 1 1 0 6 3 3 0 0 1 0-6zM3.4 3.4l1.1 1.1a5 5 0 0 0 0 7l-1.1 1.1a6.5 6.5 0 0 1 0-9.2zm9.2 0a6.5 6.5 0 0 1 0 9.2l-1.1-1.1a5 5 0 0 0 0-7z",
  share:
    "M12 1a2.5 2.5 0 1 1-1.8 4.2L6.4 7.4a2.5 2.5 0 0 1 0 1.2l3.8 2.2a2.5 2.5 0 1 1-.8 1.4L5.6 10a2.5 2.5 0 1 1 0-4l3.8-2.2A2.5 2.5 0 0 1 12 1z",
  fork: "M3 1.5h2V7c0 1.2.7 1.7 2 2h2.2V7L13.5 10 9.2 13v-2H7c-.8-.1-1.5-.4-2-.8v4.3H3z",
  tree: "M2 3h12v2H6v2.5c0 .9.4 1.5 1.5 1.5H14v2H7.5C5.3 11 4 9.7 4 7.5V5H2zM14 12.5v2H2v-2z",
  reset: "M8 3V.8L4.2 4 8 7.2V5a3.8 3.8 0 1 1-3.8 3.8h-2A5.8 5.8 0 1 0 8 3z",
  dice: "M3 2h10a1 1 0 0 1 1 1v10a1 1 0 0 1-1 1H3a1 1 0 0 1-1-1V3a1 1 0 0 1 1-1zm1.7 4a1.2 1.2 0 1 0 0-2.4 1.2 1.2 0 0 0 0 2.4zM8 9.2a1.2 1.2 0 1 0 0-2.4 1.2 1.2 0 0 0 0 2.4zm3.3 3.2a1.2 1.2 0 1 0 0-2.4 1.2 1.2 0 0 0 0 2.4z",
  plus: "M7 2h2v5h5v2H9v5H7V9H2V7h5z",
  close: "M3.4 2 8 6.6 12.6 2 14 3.4 9.4 8l4.6 4.6-1.4 1.4L8 9.4 3.4 14 2 12.6 6.6 8 2 3.4z",
  copy: "M5 1h8a1 1 0 0 1 1 1v9h-2V3H5zM3 4h7a1 1 0 0 1 1 1v9a1 1 0 0 1-1 1H3a1 1 0 0 1-1-1V5a1 1 0 0 1 1-1zm1 2v7h5V6z",
  save: "M7 1h2v6.2l2.3-2.3 1.4 1.4L8 11 3.3 6.3l1.4-1.4L7 7.2zM2 12h2v1.5h8V12h2v3.5H2z",
  check: "M6.2 13 1.6 8.4 3 7l3.2 3.2L13 3.4l1.4 1.4z",
  warning: "M8 1l7.5 13.5H.5zM7 6v4.5h2V6zm0 5.5v1.7h2v-1.7z",
  system: "M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zm0 2v9a4.5 4.5 0 0 1 0-9z",
  light:
    "M8 4.6a3.4 3.4 0 1 0 0 6.8 3.4 3.4 0 0 0 0-6.8zM7.2 0h1.6v3H7.2zm0 13h1.6v3H7.2zM0 7.2h3v1.6H0zm13 0h3v1.6h-3zM1.8 2.9l1.1-1.1L5 3.9 3.9 5zM11 12.1l1.1-1.1 2.1 2.1-1.1 1.1zM11 3.9l2.1-2.1 1.1 1.1L12.1 5zM1.8 13.1 3.9 11 5 12.1l-2.1 2.1z",
  dark: "M6.2 1.3a5.8 5.8 0 0 0 8.5 8.5A7 7 0 1 1 6.2 1.3z",
} as const;

export type IconName = keyof typeof paths;
interface Props {
  readonly name: IconName;
}

/** Decoration only: the text beside it, or the button's label, says the same. */
export function Icon({ name }: Props) {
  return (
    <svg
      width="16"
      height="16"
      viewBox="0 0 16 16"
      fill="currentColor"
      fillRule="evenodd"
      aria-hidden="true"
      focusable="false"
    >
      <path d={paths[name]} />
    </svg>
  );
}
