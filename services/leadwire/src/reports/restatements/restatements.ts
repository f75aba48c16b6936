import { factKinds } from "@leadwire/funnel";
import { askingOnce, evaluateKpi, isoText, type KpiAnswer, type PartialSource, placeWindow } from "@leadwire/kpis";
import { asOfSource, readLogAsOf } from "@leadwire/store";
import { isLeft, right } from "fp-ts/lib/Either.js";
import { type EventName, eventKey, type KnownEvent, readEvents } from "../fact-events.ts";
import type { Report, ReportContext } from "../report.ts";
import { type ClosedPeriod, type LateChange, readLateChanges } from "./late-changes.ts";
import { type RestatementQuestion, restatementQuestion } from "./restatement-question.ts";

/** A number of a closed period before and after. */
export interface RestatedValue {
  readonly value: number | null;
  readonly numerator?: number;
  readonly denominator?: number;
  readonly count?: number;
}

/** One number of a closed period that a late event, or a backfill, changed. */
export interface Restatement {
  readonly period: string;
  readonly metric: string;
  readonly unit: KpiAnswer["unit"];
  readonly currency?: string;
  /** Null where the log began with it. */
  readonly before: RestatedValue;
  readonly after: RestatedValue;
  /** When the causing record was appended; of a backfill its last one that changed the period. */
  readonly at: string;
  /** The import or replay whose records did it together. */
  readonly backfill?: string;
  readonly event_count: number;
  /** Those that were appended then, or some of a backfill's. */
  readonly events: ReadonlyArray<Readonly<Record<"type" | "source" | "id" | "occurred_at", string>>>;
}

/** `restatements` as JSON, the newest first. */
export interface RestatementsDocument {
  readonly since: string;
  readonly period: ClosedPeriod;
  readonly restatements: ReadonlyArray<Restatement>;
  /** There may be more: raise the limit, or narrow metric, window or since. */
  readonly cut: boolean;
}

/** Late changes that are looked at for one entry that is shown: many change none of the numbers. */
const changesPerEntry = 10;

const restatedValue = ({ value, numerator, denominator, count }: KpiAnswer): RestatedValue => ({
  value,
  ...(numerator === undefined ? {} : { numerator }),
  ...(denominator === undefined ? {} : { denominator }),
  ...(count === undefined ? {} : { count }),
});

const eventLines = (events: ReadonlyArray<EventName>, known: ReadonlyMap<string, KnownEvent>): Restatement["events"] =>
  events.flatMap((name) => {
    const event = known.get(eventKey(name));
    if (event === undefined) return [];
    return [{ type: event.type, source: event.source, id: event.id, occurred_at: event.occurredAt }];
  });

/** What one late change made of the numbers that rest on its facts, each as of just before it and as of then. */
class Restated {
  readonly #context: ReportContext;
  readonly #asked: RestatementQuestion;
  /** Of the log; before it nothing was known. */
  readonly #firstAppendMs: number;

  constructor(context: ReportContext, asked: RestatementQuestion, firstAppendMs: number) {
    this.#context = context;
    this.#asked = asked;
    this.#firstAppendMs = firstAppendMs;
  }

  async of(change: LateChange): Promise<ReadonlyArray<Restatement>> {
    const { store } = this.#context;
    const { firstAppendMs, lastAppendMs, backfill } = change;
    const period = this.#periodText(change.startDay);
    const isFirst = firstAppendMs <= this.#firstAppendMs;
    const before = askingOnce(asOfSource(store, firstAppendMs - 1));
    const after = askingOnce(asOfSource(store, lastAppendMs));
    const events = eventLines(change.events, await readEvents(store, change.events));
    const restated: Restatement[] = [];
    for (const { name, kinds } of this.#asked.statistics) {
      if (!change.kinds.some((kind) => kinds.has(kind))) continue;
      const [was, is] = await Promise.all([
        this.#answer(name, period, lastAppendMs, before),
        this.#answer(name, period, lastAppendMs, after),
      ]);
      if (JSON.stringify(restatedValue(was)) === JSON.stringify(restatedValue(is))) continue;
      restated.push({
        period,
        metric: name,
        unit: is.unit,
        ...(is.currency === undefined ? {} : { currency: is.currency }),
        before: isFirst ? { value: null } : restatedValue(was),
        after: restatedValue(is),
        at: isoText(lastAppendMs),
        ...(backfill === "" ? {} : { backfill }),
        event_count: change.eventCount,
        events,
      });
    }
    return restated;
  }

  #periodText(startDay: number): string {
    const { calendar, workspace } = this.#context;
    const startMs = calendar.dayStartMs(startDay);
    const { period } = placeWindow({ _tag: "ToDate", unit: this.#asked.period }, startMs + 1, calendar, workspace);
    if (period === null) throw new Error(`no ${this.#asked.period} begins at ${isoText(startMs)}`);
    return period.text;
  }

  async #answer(metric: string, window: string, atMs: number, source: PartialSource): Promise<KpiAnswer> {
    const { catalogue, workspace, calendar, newestMs } = this.#context;
    const meta = { completeThroughMs: newestMs, hasActivity: true };
    const answers = await evaluateKpi({ metric, window, atMs }, { catalogue, workspace, calendar, source, meta });
    if (isLeft(answers)) throw new Error(`${metric} over ${window}: ${answers.left.message}`);
    const [answer] = answers.right;
    if (answer === undefined) throw new Error(`${metric} has no answer for the company`);
    return answer;
  }
}

/**
 * Numbers of closed calendar periods that changed after the period's end plus grace: before, after, when, and by which
 * event. Today's formulas give both numbers, over what was appended until just before the change and with it.
 */
export const restatements: Report = async (context, args) => {
  const asked = restatementQuestion(context, args);
  if (isLeft(asked)) return asked;
  const { sinceMs, period, statistics, fromMs, toMs, limit } = asked.right;
  const kinds = factKinds.filter((kind) => statistics.some((statistic) => statistic.kinds.has(kind)));
  const changesMax = limit * changesPerEntry;
  const changes = await readLateChanges(context, { period, sinceMs, fromMs, toMs, kinds, limit: changesMax });
  const { firstAppendMs } = await readLogAsOf(context.store, context.nowMs);
  const restated = new Restated(context, asked.right, firstAppendMs ?? context.nowMs);
  const found: Restatement[] = [];
  let seen = 0;
  for (const change of changes) {
    if (found.length > limit) break;
    found.push(...(await restated.of(change)));
    seen += 1;
  }
  const document: RestatementsDocument = {
    since: isoText(sinceMs),
    period,
    restatements: found.slice(0, limit),
    cut: found.length > limit || seen < changes.length || changes.length === changesMax,
  };
  return right(document);
};
