import type { AlertsData } from "../board/tile-data.ts";
import { unservedSource } from "./still-source.ts";
import { liveHead } from "./tile-head.ts";
import type { BoardAlert } from "./tile-ports.ts";
import type { LiveTileSource, TileContext, TileOf } from "./tile-source.ts";

const statuses: ReadonlyArray<string> = ["firing", "pending", "resolved"];
const severities: ReadonlyArray<string> = ["critical", "warning", "info"];
/** What is not in the list comes last. */
const rankIn = (order: ReadonlyArray<string>, word: string): number => {
  const at = order.indexOf(word);
  return at < 0 ? order.length : at;
};

const byUrgency = (a: BoardAlert, b: BoardAlert): number =>
  rankIn(statuses, a.status) - rankIn(statuses, b.status) ||
  rankIn(severities, a.severity) - rankIn(severities, b.severity) ||
  b.startedAtMs - a.startedAtMs ||
  (a.fingerprint < b.fingerprint ? -1 : 1);

/** More than anyone reads on a tile. */
const shownMax = 50;

/** Alerts of the severities that the tile shows, firing ones first, then by severity, the newest first. */
export const alertsSource = (definition: TileOf<"alerts">, context: TileContext): LiveTileSource => {
  const { id, type, severities: shown } = definition;
  const { alerts: source, changed } = context;
  if (source === undefined) return unservedSource(definition, context);
  let read: ReadonlyArray<BoardAlert> | undefined;
  let data: AlertsData = { ...liveHead(id), type, alerts: [] };
  let end: (() => void) | undefined;
  return {
    definition,
    at: () => {
      end ??= source.onChange(changed);
      const found = source.alerts();
      if (found !== read) {
        read = found;
        const passing = found.filter(({ severity }) => shown.length === 0 || shown.includes(severity));
        data = { ...data, alerts: passing.sort(byUrgency).slice(0, shownMax) };
      }
      return data;
    },
    end: () => end?.(),
  };
};
