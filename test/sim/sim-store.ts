import { dimensions } from "@leadwire/funnel";
import type { SliceRecord } from "@leadwire/kpis";
import { type Cell, generationDatabase, type Store, type StoreFault, singleLayout } from "@leadwire/store";
import { noReaders } from "@leadwire/store/testing";
import { type Either, left, right } from "fp-ts/lib/Either.js";
import { nativeRows, type Value } from "./native-rows.ts";
import type { Machine } from "./scheduler.ts";
import type { SimClickHouse } from "./sim-clickhouse.ts";
import { generation, type World } from "./world.ts";

const away: StoreFault = { _tag: "Unavailable", detail: "the simulation keeps it away" };

type Row = ReadonlyMap<string, Value>;

const textColumns = [
  "at",
  "outcome",
  "count",
  "amount_minor",
  "cost_minor",
  "units",
  "duration_ms",
  "bin",
  "business_ms",
  "business_bin",
  "due_at",
  "term_months",
  "cohort_at",
];
const entityColumns = ["lead_id", "deal_id", "account_id", "subject", "period", ...dimensions];

/** ClickHouse's port as one machine sees it: it may be away, and an answer may be lost after the insert was done. */
export const simStore = ({ clickHouse, scheduler, broker, networkFaults }: World, machine: Machine): Store => {
  const { random } = scheduler;
  const { network } = broker;
  const slowness = (): number => networkFaults().slow;

  /** What a dead machine had sent may still be done; what is slow is done when others have gone on. */
  const done = <A>(work: () => A): Promise<Either<StoreFault, A>> =>
    new Promise((resolve) => {
      const isSlow = random.chance(slowness());
      scheduler.later(network, isSlow ? random.whole(50, 400) : random.pick([0, 0, 2]), () => {
        if (machine.isDead && random.chance(0.5)) return;
        resolve(clickHouse.isDown ? left(away) : right(work()));
      });
    });

  const answered = async <A>(work: () => A): Promise<Either<StoreFault, A>> => {
    await scheduler.turn(machine);
    const answer = await done(work);
    await scheduler.turn(machine);
    return random.chance(0.05) ? left(away) : answer;
  };

  const unknown = (what: string): never => {
    throw new Error(`the simulated ClickHouse was asked for ${what}`);
  };

  return {
    layout: singleLayout,
    readers: noReaders,
    query: () => unknown("a query"),
    command: () => unknown("a command"),
    rows: (sql) => () =>
      answered((): ReadonlyArray<ReadonlyArray<Cell>> => {
        if (!sql.includes(`${generationDatabase(generation)}.positions`)) return [];
        return [...clickHouse.positions.values()].map((mark) => [
          mark.topic,
          mark.partition,
          mark.nextOffset,
          mark.appendTimeMs,
        ]);
      }),
    scan: () => unknown("a scan"),
    insertNative: (table, _columns, block) => {
      // The pieces are the writer's own memory: what is sent is what stands there now.
      const rows = keeps(table) ? nativeRows(block) : [];
      return () => clickHouse.insert(table, () => answered(() => put(clickHouse, table, rows)));
    },
    close: async () => undefined,
  };
};

const keeps = (table: string): boolean => /\.(fact_history|slices|positions)$/.test(table);

const put = (clickHouse: SimClickHouse, table: string, rows: ReadonlyArray<Row>): void => {
  for (const row of rows) {
    if (table.endsWith(".fact_history")) putFact(clickHouse, row);
    else if (table.endsWith(".slices")) putSlice(clickHouse, row);
    else putPosition(clickHouse, row);
  }
};

const text = (row: Row, name: string): string => String(row.get(name) ?? "");
const whole = (row: Row, name: string): number => Number(row.get(name));

const putFact = (clickHouse: SimClickHouse, row: Row): void =>
  clickHouse.putFact({
    id: `${text(row, "origin")} ${text(row, "fact_id")}`,
    version: whole(row, "version"),
    isPresent: row.get("present") === 1,
    text: [...textColumns, ...entityColumns].map((name) => text(row, name)).join("|"),
  });

const putSlice = (clickHouse: SimClickHouse, row: Row): void =>
  clickHouse.putSlice({
    measure: text(row, "measure"),
    dimension: text(row, "dimension") as SliceRecord["dimension"],
    value: text(row, "value"),
    granularity: text(row, "granularity") as SliceRecord["granularity"],
    startMs: whole(row, "start"),
    bin: row.get("bin") === -1 ? null : whole(row, "bin"),
    origin: text(row, "origin"),
    partition: whole(row, "partition"),
    version: whole(row, "version"),
    count: whole(row, "count"),
    sum: whole(row, "sum"),
  });

const putPosition = (clickHouse: SimClickHouse, row: Row): void =>
  clickHouse.putPosition({
    topic: text(row, "topic"),
    partition: whole(row, "partition"),
    nextOffset: whole(row, "next_offset"),
    appendTimeMs: whole(row, "append_time"),
  });
