import { useComputed } from "@preact/signals";
import type { WaitingData } from "../../board/tile-data.ts";
import { clockText } from "../reader/clock-text.ts";
import type { Reader } from "../reader/reader.ts";
import { counted } from "../texts/counted.ts";
import { fill } from "../texts/texts.ts";
import type { BoardScope, TileBodyProps } from "./tile-body.ts";
import { type WaitingState, waitingState } from "./waiting-lead.ts";

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

/** Who waits, with a clock of its own: only its text moves with the seconds. */
const LeadLine = ({ lead, reader, board }: LeadProps) => {
  const state = useComputed(() => waitingState(lead.createdAtMs, lead.dueAtMs, board.nowMs.value));
  const clock = useComputed(() => clockOf(lead, board.nowMs.value, reader));
  return (
    <li class="waiting-lead" data-state={state}>
      <span class="waiting-shape" aria-hidden="true">
        {shapes[state.value]}
      </span>
      <span class="waiting-name">{lead.lead}</span>
      <span class="waiting-clock">{clock}</span>
      <span class="waiting-beside">
        {[lead.channel, lead.owner === "" ? reader.texts.noOwner : lead.owner]
          .filter((text) => text !== "")
          .join(" · ")}
      </span>
    </li>
  );
};

/** How many wait and how many are late; the second counts itself as time passes, and is "at least" where all listed are. */
const SummaryLine = ({ data, reader, board }: { data: WaitingData; reader: Reader; board: BoardScope }) => {
  const late = useComputed(
    () => data.leads.filter(({ dueAtMs }) => dueAtMs !== null && dueAtMs < board.nowMs.value).length,
  );
  return (
    <p class="waiting-summary">
      <span class="waiting-total">{counted(reader.texts.leadsWaiting, data.total, reader.locale)}</span>
      {late.value > 0 && (
        <span class="waiting-late">
          <span aria-hidden="true">▲</span>{" "}
          {counted(
            late.value < data.leads.length || data.total <= data.leads.length
              ? reader.texts.leadsLate
              : reader.texts.leadsLateAtLeast,
            late.value,
            reader.locale,
          )}
        </span>
      )}
    </p>
  );
};

/** Leads without a response, the longest waiting first, each with a clock that runs against the SLA. */
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
        {data.leads.map((lead) => (
          <LeadLine key={`${lead.lead} ${lead.createdAtMs}`} lead={lead} reader={reader} board={board} />
        ))}
      </ol>
    </div>
  );
};
