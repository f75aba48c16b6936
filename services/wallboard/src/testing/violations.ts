import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "./browser.ts";

/** Each violation of WCAG 2.2 AA or of a good practice, with where it is. */
export const violations = async (page: Page): Promise<ReadonlyArray<string>> =>
  (await new AxeBuilder({ page }).setLegacyMode(true).analyze()).violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`),
  );
