import { type ReadonlySignal, signal } from "@preact/signals";
import type { SystemColours } from "./theme.ts";

/** What the system prefers, as it changes. */
export const systemColours = (): ReadonlySignal<SystemColours> => {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const contrast = matchMedia("(prefers-contrast: more)");
  const now = (): SystemColours => ({ prefersDark: dark.matches, prefersContrast: contrast.matches });
  const colours = signal(now());
  const onChange = (): void => {
    colours.value = now();
  };
  dark.addEventListener("change", onChange);
  contrast.addEventListener("change", onChange);
  return colours;
};
