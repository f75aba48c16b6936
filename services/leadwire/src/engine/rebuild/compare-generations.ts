import { dayMs } from "@leadwire/events";
import { type Dimension, dimensions, type Workspace, ZoneCalendar } from "@leadwire/funnel";
import {
  askingOnce,
  type Catalogue,
  type CheckedQuestion,
  checkQuestion,
  evaluateChecked,
  isoText,
  type KpiAnswer,
  type PartialSource,
  planKpi,
} from "@leadwire/kpis";
import { generationFacts, kpiSource, rowsOf, type Store } from "@leadwire/store";
import { isLeft } from "fp-ts/lib/Either.js";
import { compareFacts, type FactChanges } from "./compare-facts.ts";
import type { NumberDifference, RebuildDifferences } from "./rebuild-differences.ts";

interface ComparedGeneration {
  readonly generation: string;
  readonly workspace: Workspace;
}

export interface CompareTerms {
  readonly store: Store;
  readonly catalogue: Catalogue;
  readonly nowMs: () => number;
  readonly before: ComparedGeneration;
  readonly after: ComparedGeneration;
  /** The newest event applied; null before the first. */
  readonly newestMs: number | null;
  /** Ends the work between two questions. */
  readonly signal?: AbortSignal;
}

/** One generation, to be asked. */
interface Side {
  readonly workspace: Workspace;
  readonly calendar: ZoneCalendar;
  readonly source: PartialSource;
}

/** Over which the company's numbers are compared; groups over the first. */
const windowsAt = (atMs: number, calendar: ZoneCalendar): ReadonlyArray<string> => [
  "all",
  "year",
  "quarter",
  "month",
  String(Number(isoText(calendar.localDay(atMs) * dayMs).slice(0, 4)) - 1),
];
const groupedWindows = 1;
/** Of both generations each: who serves asks the same ClickHouse. */
const askedAtOnce = 4;

const sideOf = (store: Store, { generation, workspace }: ComparedGeneration): Side => ({
  workspace,
  calendar: new ZoneCalendar(workspace.timeZone),
  source: askingOnce(kpiSource(store, generationFacts(generation))),
});

interface Compared {
  readonly compared: number;
  readonly found: ReadonlyArray<NumberDifference>;
}

/** Each number once: a metric's bare name may be that of one of its statistics. */
const namesOf = ({ metrics }: Catalogue): ReadonlyArray<string> =>
  [...metrics.values()].flatMap(({ id, statistics }) =>
    [...statistics.keys()].map((name) => (name === "" ? id : `${id}.${name}`)),
  );

const groupText = (group: KpiAnswer["group"]): string => JSON.stringify(Object.entries(group));

const differencesOf = (
  question: CheckedQuestion,
  window: string,
  before: ReadonlyArray<KpiAnswer>,
  after: ReadonlyArray<KpiAnswer>,
): Compared => {
  const [own, other] = [before, after].map((answers) => new Map(answers.map((one) => [groupText(one.group), one])));
  const groups = [...new Set([...(own?.keys() ?? []), ...(other?.keys() ?? [])])];
  const found = groups.flatMap((text): ReadonlyArray<NumberDifference> => {
    const [was, is] = [own?.get(text), other?.get(text)];
    const one = is ?? was;
    if (one === undefined || Object.is(was?.value ?? null, is?.value ?? null)) return [];
    const { group, unit, currency } = one;
    const head = { metric: question.name, window, group, unit, ...(currency === undefined ? {} : { currency }) };
    return [{ ...head, before: was?.value ?? null, after: is?.value ?? null }];
  });
  return { compared: groups.length, found };
};

/** Asks both generations the same questions at the same instant, wherever facts differ that an answer rests on. */
class GenerationComparison {
  private readonly terms: CompareTerms;
  private readonly changes: FactChanges;
  private readonly sides: readonly [Side, Side];
  private readonly atMs: number;
  private readonly meta: { readonly completeThroughMs: number | null; readonly hasActivity: boolean };

  constructor(terms: CompareTerms, changes: FactChanges, hasActivity: boolean) {
    const { store, before, after, newestMs, nowMs } = terms;
    this.terms = terms;
    this.changes = changes;
    this.sides = [sideOf(store, before), sideOf(store, after)];
    this.atMs = newestMs === null ? nowMs() : newestMs + 1;
    this.meta = { completeThroughMs: newestMs, hasActivity };
  }

  async run(): Promise<RebuildDifferences> {
    const { before, after, signal, catalogue } = this.terms;
    const windows = windowsAt(this.atMs, this.sides[0].calendar);
    const questions = namesOf(catalogue).flatMap((metric) =>
      windows.flatMap((window, n): ReadonlyArray<() => Promise<Compared>> => {
        const groups = n < groupedWindows ? dimensions : [];
        return [undefined, ...groups].map((by) => () => this.ask(metric, window, by));
      }),
    );
    const numbers: NumberDifference[] = [];
    let compared = 0;
    for (let at = 0; at < questions.length; at += askedAtOnce) {
      signal?.throwIfAborted();
      for (const each of await Promise.all(questions.slice(at, at + askedAtOnce).map((ask) => ask()))) {
        compared += each.compared;
        numbers.push(...each.found);
      }
    }
    const at = isoText(this.atMs);
    return { before: before.generation, after: after.generation, at, facts: this.changes.facts, numbers, compared };
  }

  private async ask(metric: string, window: string, by?: Dimension): Promise<Compared> {
    const { atMs, sides, meta } = this;
    const asked = { metric, window, atMs, ...(by === undefined ? {} : { by: [by] }) };
    const question = checkQuestion(asked, this.terms.catalogue);
    if (isLeft(question) || !this.mayDiffer(question.right, by)) return { compared: 0, found: [] };
    const [before, after] = await Promise.all(sides.map((side) => evaluateChecked(question.right, { ...side, meta })));
    return differencesOf(question.right, window, before ?? [], after ?? []);
  }

  /** Whether any fact that the answer rests on differs, or the window lies elsewhere. */
  private mayDiffer(question: CheckedQuestion, by: Dimension | undefined): boolean {
    const [before, after] = this.sides;
    const plan = planKpi(question, before.calendar, before.workspace);
    const other = planKpi(question, after.calendar, after.workspace);
    if (JSON.stringify([plan.window, plan.queries]) !== JSON.stringify([other.window, other.queries])) return true;
    const kinds = new Set<string>(plan.queries.map(({ query }) => query.measure.kind));
    if (plan.scope !== null) for (const kind of ["target", "forecast"]) kinds.add(kind);
    const { isChanged, isMoved } = this.changes;
    return [...kinds].some((kind) => (by === undefined ? isChanged(kind) : isMoved(kind, by)));
  }
}

/** What of the numbers will be another one once `after` serves in the place of `before`. Rejects StoreError. */
export const compareGenerations = async (terms: CompareTerms): Promise<RebuildDifferences> => {
  const { store, before, after } = terms;
  const changes = await compareFacts(store, before.generation, after.generation);
  const activity = await rowsOf(store, "SELECT 1 FROM leadwire.events WHERE type = 'activity-logged' LIMIT 1");
  return new GenerationComparison(terms, changes, activity.length > 0).run();
};
