import { type Dimension, dimensions } from "@leadwire/funnel";
import type { AbsenceCondition } from "../rule/rule.ts";
import type { AbsenceWatch } from "./absence-watch.ts";

type Dimensions = Readonly<Record<Dimension, string>>;

const keptMax = 10_000;

/** Which rules may look at a lead or a deal: found by the first filter of each, so that the others cost nothing. */
export class WatchIndex {
  private readonly forAll: Array<AbsenceWatch> = [];
  private readonly byValue = new Map<string, Array<AbsenceWatch>>();
  private readonly filtered: ReadonlyArray<Dimension>;
  /** Lists are shared by all that have the same values. */
  private readonly lists = new Map<string, ReadonlyArray<AbsenceWatch>>();

  constructor(watches: ReadonlyArray<readonly [AbsenceWatch, AbsenceCondition]>) {
    const used = new Set<string>();
    for (const [watch, { where }] of watches) {
      const [first] = where;
      if (first === undefined) this.forAll.push(watch);
      else {
        const key = `${first[0]}\0${first[1]}`;
        const list = this.byValue.get(key);
        if (list === undefined) this.byValue.set(key, [watch]);
        else list.push(watch);
        used.add(first[0]);
      }
    }
    this.filtered = dimensions.filter((dimension) => used.has(dimension));
  }

  of(values: Dimensions): ReadonlyArray<AbsenceWatch> {
    if (this.filtered.length === 0) return this.forAll;
    const key = this.filtered.map((dimension) => values[dimension]).join("\0");
    const known = this.lists.get(key);
    if (known !== undefined) return known;
    const found = this.filtered.flatMap((dimension) => this.byValue.get(`${dimension}\0${values[dimension]}`) ?? []);
    const list = found.length === 0 ? this.forAll : [...this.forAll, ...found];
    if (this.lists.size >= keptMax) this.lists.clear();
    this.lists.set(key, list);
    return list;
  }
}
