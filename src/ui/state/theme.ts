/** @file Light, dark, or as the system says; remembered in this browser. */

export type Theme = "system" | "light" | "dark";
export const themes: readonly Theme[] = ["system", "light", "dark"];
const key = "nas-playground.theme";

/** What was chosen before; "system" if nothing, or if this browser forbids remembering. */
export function savedTheme(): Theme {
  try {
    return themes.find((theme) => theme === localStorage.getItem(key)) ?? "system";
  } catch {
    return "system";
  }
}

/** Marks the document, where the tokens read it, and remembers the choice. */
export function applyTheme(theme: Theme): void {
  if (theme === "system") delete document.documentElement.dataset["theme"];
  else document.documentElement.dataset["theme"] = theme;
  try {
    localStorage.setItem(key, theme);
  } catch {
    // Storage may be full or forbidden: the page looks right until it is left.
  }
}
