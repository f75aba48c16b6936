import type { WaitingData } from "../../board/tile-data.ts";
import { clockText } from "../reader/clock-text.ts";
import type { Reader } from "../reader/reader.ts";
import { counted } from "../texts/counted.ts";
import { fill } from "../texts/texts.ts";
import type { BoardScope, TileBodyProps } from "./tile-body.ts";
import { byUrgency, inTimeOf, type WaitingState, waitingState } from "./waiting-lead.ts";

type Lead = WaitingData["leads"][number];

interface LeadProps {
  readonly lead: Lead;
  readonly reader: Reader;
  readonly board: BoardScope;
}

/** A shape for each state, so that colour never stands alone. */
const shapes: Readonly<Record<WaitingState, string>> = { late: "▲", soon: "◆", waiting: "●" };

const clockOf = ({ createdAtMs, dueAtMs }: Lead, nowMs: number, { texts }: Reader): string => {
  if (dueAtMs === null) return fill(texts.waitsFor, { clock: clockText(nowMs - createdAtMs, texts) });
  return dueAtMs < nowMs
    ? fill(texts.overdueBy, { clock: clockText(nowMs - dueAtMs, texts) })
    : fill(texts.dueIn, { clock: clockText(dueAtMs - nowMs, texts) });
};

/** Who waits, with a clock that runs: drawn every second, and no other part of the tile with it. */
const LeadLine = ({ lead, reader, board }: LeadProps) => {
  const nowMs = board.nowMs.value;
  const state = waitingState(lead.createdAtMs, lead.dueAtMs, nowMs);
  return (
    <li class="waiting-lead" data-state={state}>
      <span class="waiting-shape" aria-hidden="true">
        {shapes[state]}
      </span>
      <span class="waiting-name">{lead.lead}</span>
      <span class="waiting-clock">{clockOf(lead, nowMs, reader)}</span>
      <span class="waiting-beside">
        {[lead.channel, lead.owner === "" ? reader.texts.noOwner : lead.owner]
          .filter((text) => text !== "")
          .join(" · ")}
      </span>
    </li>
  );
};

/** How many wait and how many are late: whoever is not listed has waited longer than all who are. */
const SummaryLine = ({ data, reader, board }: { data: WaitingData; reader: Reader; board: BoardScope }) => {
  const { locale, texts } = reader;
  const nowMs = board.nowMs.value;
  const inTime = inTimeOf(data.leads, nowMs).length;
  // Where all that are listed are in time, who is not listed may be late or not.
  const late = inTime === data.leads.length ? 0 : data.total - inTime;
  return (
    <p class="waiting-summary">
      <span class="waiting-total">{counted(texts.leadsWaiting, data.total, locale)}</span>
      {late > 0 && (
        <span class="waiting-late">
          <span aria-hidden="true">▲</span> {counted(texts.leadsLate, late, locale)}
        </span>
      )}
    </p>
  );
};

/** Leads without a response, the next to be late first, then those late for the shortest time; each with its clock. */
export const WaitingBody = ({ data, reader, board }: TileBodyProps<"waiting">) => {
  if (data.total === 0)
    return (
      <p class="calm">
        <span aria-hidden="true">✔</span> {reader.texts.nobodyWaits}
      </p>
    );
  return (
    <div class="waiting">
      <SummaryLine data={data} reader={reader} board={board} />
      <ol class="lines">
        {byUrgency(data.leads, board.nowMs.value).map((lead) => (
          <LeadLine key={`${lead.lead} ${lead.createdAtMs}`} lead={lead} reader={reader} board={board} />
        ))}
      </ol>
    </div>
  );
};
