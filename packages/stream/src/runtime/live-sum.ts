import type { SliceStretch } from "@leadwire/kpis";

/** What is told of one group: of a binned measure bin by bin. */
export type SliceVisitor = (value: string, bin: number | null, count: number, sum: number) => void;

interface Cell {
  count: number;
  sum: number;
}

/** One group's part: a measure has either bins or none. */
interface GroupSum extends Cell {
  readonly value: string;
  readonly bins: Map<number, Cell> | null;
}

/**
 * A stretch of time merged ahead, kept up as its slices change: what windows read again and again. Numbers are integers
 * held in doubles, so adding a change is exact, in whatever order changes come.
 */
export class LiveSum {
  readonly fromMs: number;
  readonly toMs: number;
  private readonly groups = new Map<string, GroupSum>();

  constructor({ fromMs, toMs }: Pick<SliceStretch, "fromMs" | "toMs">) {
    this.fromMs = fromMs ?? Number.NEGATIVE_INFINITY;
    this.toMs = toMs ?? Number.POSITIVE_INFINITY;
  }

  /** The same numbers for another stretch, to be brought up to it; what is empty is left behind. */
  copyFor(stretch: Pick<SliceStretch, "fromMs" | "toMs">): LiveSum {
    const copy = new LiveSum(stretch);
    this.visit((value, bin, count, sum) => {
      if (count !== 0 || sum !== 0) copy.add(value, bin, count, sum);
    });
    return copy;
  }

  covers(startMs: number): boolean {
    return startMs >= this.fromMs && startMs < this.toMs;
  }

  add(value: string, bin: number | null, count: number, sum: number): void {
    let group = this.groups.get(value);
    if (group === undefined) {
      group = { value, bins: bin === null ? null : new Map(), count: 0, sum: 0 };
      this.groups.set(value, group);
    }
    const cell = bin === null || group.bins === null ? group : cellOf(group.bins, bin);
    cell.count += count;
    cell.sum += sum;
  }

  visit(visitor: SliceVisitor): void {
    for (const group of this.groups.values()) visitGroup(group, visitor);
  }

  visitValue(value: string, visitor: SliceVisitor): void {
    const group = this.groups.get(value);
    if (group !== undefined) visitGroup(group, visitor);
  }

  /** The groups that anything was ever told of: some may be empty again. */
  values(): Iterable<string> {
    return this.groups.keys();
  }
}

const cellOf = (bins: Map<number, Cell>, bin: number): Cell => {
  let cell = bins.get(bin);
  if (cell === undefined) {
    cell = { count: 0, sum: 0 };
    bins.set(bin, cell);
  }
  return cell;
};

const visitGroup = ({ value, bins, count, sum }: GroupSum, visitor: SliceVisitor): void => {
  if (bins === null) visitor(value, null, count, sum);
  else for (const [bin, cell] of bins) visitor(value, bin, cell.count, cell.sum);
};
