import { type PartialQuery, partialsOfSlices } from "@leadwire/kpis";
import type { LiveChange } from "@leadwire/stream";
import type { HistogramData } from "../board/tile-data.ts";
import { AskedTile } from "./asked-tile.ts";
import { type BoardTime, boardTimeAt } from "./board-time.ts";
import { ChangedSince } from "./changed-since.ts";
import { MetricQuestion } from "./metric-question.ts";
import { bandCounts, bandEdgesMs } from "./response-bands.ts";
import { liveHead } from "./tile-head.ts";
import type { LiveTileSource, TileContext, TileOf } from "./tile-source.ts";

/**
 * Response times in bands. Slices hold percentile bins: where an edge of a band cuts a bin whose count and sum do not
 * say how many lie on either side, facts are asked; also for business time and filters, of which there are no slices.
 */
class HistogramTile implements LiveTileSource {
  readonly definition: TileOf<"histogram">;
  private readonly context: TileContext;
  private readonly question: MetricQuestion;
  private readonly changed: ChangedSince;
  private readonly empty: HistogramData;
  private asked: AskedTile<HistogramData> | undefined;
  private data: HistogramData | undefined;
  private edgeMs = Number.NaN;

  constructor(definition: TileOf<"histogram">, context: TileContext) {
    const { id, type, window, where, businessHours } = definition;
    const metric = businessHours ? "lead_response_time.business_p50" : "lead_response_time.p50";
    this.definition = definition;
    this.context = context;
    this.question = new MetricQuestion({ metric, window, where }, [], context);
    this.changed = new ChangedSince(this.question.measures, "day");
    this.empty = { ...liveHead(id), type, bands: [], slaSeconds: context.workspace.responseSlaMs / 1000 };
  }

  note(change: LiveChange): void {
    this.changed.note(change);
  }

  at(nowMs: number): HistogramData {
    const { state } = this.context.view;
    const time = boardTimeAt(nowMs, state.calendar);
    if (this.changed.any || this.edgeMs !== time.edgeMs) {
      this.changed.take();
      this.edgeMs = time.edgeMs;
      const counts = this.ofSlices(time);
      this.data = counts && this.dataOf(counts);
    }
    return this.data ?? this.ofFacts(nowMs);
  }

  dueMs(): number {
    return this.data === undefined && this.asked !== undefined ? this.asked.dueMs() : Number.POSITIVE_INFINITY;
  }

  end(): void {
    this.asked?.end();
  }

  private queryAt(time: BoardTime): PartialQuery {
    const [planned] = this.context.view.plan(this.question.atTime(time)).queries;
    if (planned === undefined) throw new Error(`${this.question.checked.name} asks nothing`);
    const { query } = planned;
    const endMs = query.upToMs + 1;
    return { ...query, toMs: query.toMs === null ? endMs : Math.min(query.toMs, endMs) };
  }

  private ofSlices(time: BoardTime): ReadonlyArray<number> | undefined {
    const partials = partialsOfSlices(this.context.view.state.slices, this.queryAt(time));
    return partials && bandCounts(partials[0]?.bins ?? []);
  }

  private ofFacts(nowMs: number): HistogramData {
    const { askBands, view } = this.context;
    if (askBands === undefined) {
      this.data = { ...this.empty, reason: "not_served" };
      return this.data;
    }
    this.asked ??= new AskedTile(
      this.definition,
      this.context,
      async (atMs) => this.dataOf(await askBands(this.queryAt(boardTimeAt(atMs, view.state.calendar)), bandEdgesMs)),
      this.empty,
    );
    return this.asked.at(nowMs);
  }

  private dataOf(counts: ReadonlyArray<number>): HistogramData {
    const bands = counts.map((count, index) => {
      const edgeMs = bandEdgesMs[index];
      return { toSeconds: edgeMs === undefined ? null : edgeMs / 1000, count };
    });
    if (!this.context.view.state.hasActivity) return { ...this.empty, bands: [], reason: "no_activity_data" };
    const isEmpty = counts.every((count) => count === 0);
    return { ...this.empty, bands, ...(isEmpty ? { reason: "no_data" } : {}) };
  }
}

export const histogramSource = (definition: TileOf<"histogram">, context: TileContext): LiveTileSource =>
  new HistogramTile(definition, context);
