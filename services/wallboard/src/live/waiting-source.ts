import { BusinessHours, type Workspace, type ZoneCalendar } from "@leadwire/funnel";
import type { WaitingLead } from "@leadwire/stream";
import type { WaitingData } from "../board/tile-data.ts";
import { MetricQuestion } from "./metric-question.ts";
import { unservedSource } from "./still-source.ts";
import { liveHead } from "./tile-head.ts";
import type { LiveTileSource, TileContext, TileOf } from "./tile-source.ts";
import { WaitingList } from "./waiting-list.ts";

/** When a lead that came at an instant has to have an answer; null where no business time comes for years. */
export type ResponseDeadline = (createdAtMs: number) => number | null;

/** After the workspace's SLA: of business time where it has business hours, else by the clock. */
export const responseDeadline = (workspace: Workspace, calendar: ZoneCalendar): ResponseDeadline => {
  const { businessHours, holidays, responseSlaMs } = workspace;
  if (businessHours.length === 0) return (createdAtMs) => createdAtMs + responseSlaMs;
  const hours = new BusinessHours(calendar, businessHours, holidays);
  return (createdAtMs) => hours.afterMs(createdAtMs, responseSlaMs) ?? null;
};

const rowOf = (
  { leadId, created, dimensions }: WaitingLead,
  dueAt: ResponseDeadline,
): WaitingData["leads"][number] => ({
  lead: leadId,
  owner: dimensions.owner,
  channel: dimensions.channel,
  createdAtMs: created.atMs,
  dueAtMs: dueAt(created.atMs),
});

/** Leads without a response, the youngest: all others have waited longer. The page runs the clocks, and orders by them. */
export const waitingSource = (definition: TileOf<"waiting">, context: TileContext): LiveTileSource => {
  const { id, type, where, rows } = definition;
  const { openSet, workspace, view, changed } = context;
  if (openSet === undefined) return unservedSource(definition, context);
  const question = new MetricQuestion({ metric: "unanswered_leads", window: "now", where }, [], context);
  const dueAt = responseDeadline(workspace, view.state.calendar);
  let list: WaitingList | undefined;
  let data: WaitingData | undefined;
  return {
    definition,
    at: () => {
      list ??= new WaitingList(openSet, question.checked.where, rows, changed);
      if (data === undefined || list.takeChanged()) {
        const leads = list.newest(rows).map((lead) => rowOf(lead, dueAt));
        data = { ...liveHead(id), type, total: list.total, leads };
      }
      return data;
    },
    end: () => list?.end(),
  };
};
