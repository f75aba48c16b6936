import { isoText, type ReportScope } from "@leadwire/kpis";
import type { ReportContext } from "./report.ts";

/** What every report says of itself: where it lies, and how far the data reach. */
export interface ReportHead {
  /** Included and excluded; null where open. */
  readonly window: { readonly from: string | null; readonly to: string | null };
  readonly at: string;
  readonly complete_through: string | null;
  /** What the log knew at this instant; absent: what is known now. */
  readonly as_of?: string;
  /** When the log began, where it had not by then; null in an empty log. */
  readonly known_since?: string | null;
}

export const headOf = ({ window }: ReportScope, { newestMs }: ReportContext): ReportHead => ({
  window: {
    from: window.fromMs === null ? null : isoText(window.fromMs),
    to: window.toMs === null ? null : isoText(window.toMs),
  },
  at: isoText(window.atMs),
  complete_through: newestMs === null ? null : isoText(newestMs),
});
