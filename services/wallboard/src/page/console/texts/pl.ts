import type { ConsoleTexts } from "./console-texts.ts";
import { consoleTexts as en } from "./en.ts";

export const consoleTexts: ConsoleTexts = en;
