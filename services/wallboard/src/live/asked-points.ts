import type { LiveChange } from "@leadwire/stream";
import type { Stretch } from "./board-time.ts";
import { ChangedSince } from "./changed-since.ts";
import { Points } from "./points.ts";

/** Questions in one round: a long course fills up over several. */
const roundMax = 40;
/** Of measures without slices nobody says what has changed: all points are asked again after this time. */
const unheardForMs = 600_000;

/** The points of a course that slices do not serve, asked of facts a few at a time. */
export class AskedPoints<T> {
  private readonly points = new Points<T>();
  private readonly changed: ChangedSince;
  private readonly isHeard: boolean;
  private changedBeforeMs = Number.POSITIVE_INFINITY;
  private wholeAtMs = Number.NEGATIVE_INFINITY;

  /** `isHeard`: whether changes of all measures are told of. */
  constructor(measures: Iterable<string>, unit: "hour" | "day", isHeard: boolean) {
    this.changed = new ChangedSince(measures, unit);
    this.isHeard = isHeard;
  }

  note(change: LiveChange): void {
    this.changed.note(change);
  }

  /** Asks for what is missing, the newest first; a gap is what the next rounds fill. */
  async at(
    stretches: ReadonlyArray<Stretch>,
    edgeMs: number,
    ask: (stretch: Stretch) => Promise<T>,
  ): Promise<ReadonlyArray<T | undefined>> {
    // Facts are stored a moment after the slices tell of them: what changed in the round before is asked once more.
    const changedFromMs = this.changed.take();
    this.points.forget(Math.min(changedFromMs, this.changedBeforeMs));
    this.changedBeforeMs = changedFromMs;
    if (!this.isHeard && edgeMs - this.wholeAtMs > unheardForMs) {
      this.points.forget(Number.NEGATIVE_INFINITY);
      this.wholeAtMs = edgeMs;
    }
    const asked = this.points.missing(stretches, edgeMs).slice(-roundMax);
    const answers = await Promise.all(asked.map(ask));
    const found = new Map(asked.map(({ toMs }, index) => [toMs, answers[index]]));
    return this.points.read(stretches, edgeMs, ({ toMs }) => found.get(toMs));
  }
}
