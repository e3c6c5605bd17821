/** @file Copies a link to what the page is set to; the address bar then shows it, too, and a receipt says what it holds. */
import { useEffect, useState } from "react";
import { Icon } from "../parts/Icon.tsx";
import { type Playground, usePlayground } from "../state/app.ts";
import { isLink } from "../state/link-version.ts";

/** How long the button says what it did. */
const feedbackMs = 2500;
type Said = "Copied" | "Share";
const told: Readonly<Record<Said, string>> = {
  Copied: "Copied: the link is on the clipboard",
  Share: "Share: the link is in the address bar",
};

/** Also does what the key S says, through `shareLink`. */
export function ShareButton() {
  const playground = usePlayground();
  const [said, setSaid] = useState<Said>();
  useEffect(() => {
    if (!said) return;
    const timer = setTimeout(() => setSaid(undefined), feedbackMs);
    return () => clearTimeout(timer);
  }, [said]);
  useEffect(() => {
    const onShared = (event: Event) => setSaid((event as CustomEvent<Said>).detail);
    window.addEventListener(shared, onShared);
    return () => window.removeEventListener(shared, onShared);
  }, []);
  return (
    <button
      type="button"
      className="button"
      aria-label={said ? told[said] : "Share: copy a link to these settings"}
      title={said ? told[said] : "Copy a link to these settings (S)"}
      onClick={() => void shareLink(playground)}
    >
      <Icon name={said ? "check" : "share"} />
      {/* As wide in either case, so that the head stays in its line. */}
      <span style={{ minWidth: "3.5em" }}>{said ?? "Share"}</span>
    </button>
  );
}

const shared = "nas-playground-shared";

/** Puts the link into the address bar and on the clipboard, as far as that is allowed. */
export async function shareLink({ lessons, client, view, mode }: Playground): Promise<void> {
  const link = await lessons.link();
  if (link === undefined) return;
  history.pushState(null, "", link);
  // A chapter's own link says it all; where the page is embedded, there is no room.
  if (isLink(link) && !mode.getState().isEmbedded) {
    const { receiptsOf } = await import("../state/receipts.ts");
    receiptsOf({ client, view }).showMade(link);
  }
  let detail: Said = "Share";
  try {
    await navigator.clipboard.writeText(location.href);
    detail = "Copied";
  } catch {
    // Refused, or absent outside a secure context: the address bar has it.
  }
  window.dispatchEvent(new CustomEvent(shared, { detail }));
}
