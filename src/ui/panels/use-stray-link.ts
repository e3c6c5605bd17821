/** @file An address that ends in nothing the page knows: said, since a link that was cut off may look like that. */
import { useEffect } from "react";
import { useActions } from "../state/app.ts";
import { isLink, isPlaceLink } from "../state/link-version.ts";

export function useStrayLink(): void {
  const { notify } = useActions();
  useEffect(() => {
    const look = () => {
      const { hash } = location;
      const isKnown = isLink(hash) || isPlaceLink(hash) || document.getElementById(hash.slice(1));
      if (hash.length < 2 || isKnown) return;
      notify({
        title: "Link not read",
        lines: [`“${hash.slice(0, 40)}” leads to no settings and to no lesson.`],
      });
    };
    look();
    window.addEventListener("hashchange", look);
    return () => window.removeEventListener("hashchange", look);
  }, [notify]);
}
