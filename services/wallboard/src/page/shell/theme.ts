import type { BoardDefinition } from "../../board/board-definition.ts";

export type Theme = "light" | "dark" | "contrast";

/** `board`: as the board's file says. */
export const themeChoices = ["board", "auto", "light", "dark", "contrast"] as const;
export type ThemeChoice = (typeof themeChoices)[number];

export interface SystemColours {
  readonly prefersDark: boolean;
  readonly prefersContrast: boolean;
}

/** What the reader chose, else what the board says, else what the system prefers. */
export const themeOf = (choice: ThemeChoice, board: BoardDefinition["theme"], system: SystemColours): Theme => {
  const wanted = choice === "board" ? board : choice;
  if (wanted !== "auto") return wanted;
  if (system.prefersContrast) return "contrast";
  return system.prefersDark ? "dark" : "light";
};

export const themeChoiceOf = (text: string | null): ThemeChoice =>
  themeChoices.find((choice) => choice === text) ?? "board";
