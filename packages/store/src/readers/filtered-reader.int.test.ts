import { defaultWorkspace, type FactChange, type FactRecord, noValue, ZoneCalendar } from "@leadwire/funnel";
import { arraySource, evaluateKpi, type MetricView, metricViews, type ViewParameter } from "@leadwire/kpis";
import { catalogue } from "@leadwire/kpis/catalogue";
import { isLeft } from "fp-ts/lib/Either.js";
import type { TaskEither } from "fp-ts/lib/TaskEither.js";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createGeneration, serveGeneration } from "../migrations/migrate.ts";
import { generationStatements } from "../migrations/statements.ts";
import { generationDatabase } from "../model/database.ts";
import { singleLayout } from "../model/layout.ts";
import { companyViews } from "../model/readers/reader-grants.ts";
import { viewsOf } from "../model/views.ts";
import { analystReader, type Reader } from "../reader.ts";
import { faultText, type StoreFault } from "../store-fault.ts";
import { randomFacts } from "../testing/random-facts.ts";
import { sampleChange } from "../testing/sample-fact.ts";
import { openTemporaryStore, type TemporaryStore, testGeneration } from "../testing/temporary-store.ts";
import { factWriter } from "../writers/fact-writer.ts";

/** A team that would break out of SQL, XML, a shell or a configuration value, if it could. */
const wild = `a\\b' OR 1=1 -- " <&>${"$"}{users.leadwire}\n]]> é`;
const teams = ["north", "it's", wild, noValue];

const readers = {
  north: { id: "t-0000000a", where: [["team", "north"]] },
  quoted: { id: "t-0000000b", where: [["team", "it's"]] },
  wild: { id: "t-0000000c", where: [["team", wild]] },
  two: {
    id: "t-0000000d",
    where: [
      ["team", "north"],
      ["owner", "ana"],
      ["team", wild],
    ],
  },
  nobody: { id: "t-0000000e", where: [["team", "nowhere"]] },
} satisfies Record<string, Reader>;

const sees = (reader: Reader, fact: FactRecord): boolean =>
  (["team", "owner"] as const).every((dimension) => {
    const values = reader.where.flatMap(([name, value]) => (name === dimension ? [value] : []));
    return values.length === 0 || values.includes(fact.dimensions[dimension]);
  });

/** As a person would write it. */
const conditionOf = (reader: Reader): string =>
  (["team", "owner"] as const)
    .flatMap((dimension) => {
      const values = reader.where.flatMap(([name, value]) => (name === dimension ? [value] : []));
      const list = values.map((value) => `'${value.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`);
      return list.length === 0 ? [] : [`${dimension} IN (${list.join(", ")})`];
    })
    .join(" AND ");

const fromMs = Date.parse("2026-01-01T00:00:00Z");
const firstAppendMs = sampleChange(randomFacts(fromMs, 1, 1)[0] as FactRecord, 0).appendTimeMs;
const teamOf = (index: number): string => teams[index % teams.length] ?? noValue;

/** Each fact in one to three versions, most of them of another team than the one before; some are taken back. */
const history: ReadonlyArray<FactChange> = randomFacts(fromMs, 1_500, 3).flatMap((fact, index) =>
  Array.from({ length: 1 + (index % 3) }, (_, version) => {
    const team = teamOf(index + version * (1 + (index % 5)));
    const change = sampleChange({ ...fact, dimensions: { ...fact.dimensions, team } }, index + version * 2_000);
    return { ...change, present: (index + version) % 7 !== 0, causeEventId: `e${index}-${version}` };
  }),
);

const knownAt = (asOfMs: number): ReadonlyArray<FactRecord> => {
  const latest = new Map<string, FactChange>();
  for (const each of history) {
    const former = latest.get(each.fact.factId);
    if (each.appendTimeMs <= asOfMs && (former === undefined || each.version > former.version)) {
      latest.set(each.fact.factId, each);
    }
  }
  return [...latest.values()].filter(({ present }) => present).map(({ fact }) => fact);
};
const today = knownAt(Number.POSITIVE_INFINITY);

// All of them are made in the same few ways: a third holds them all.
const statistics = [...catalogue.metrics.values()]
  .flatMap((metric) =>
    metricViews(metric).map((view) => ({
      asked: view.statistic === "" ? metric.id : `${metric.id}.${view.statistic}`,
      view,
      dimensions: metric.statistics.get(view.statistic)?.dimensions ?? [],
    })),
  )
  .filter(({ dimensions }, index) => index % 3 === 0 && dimensions.includes("team"));

let temporary: TemporaryStore;

const done = async <A>(task: TaskEither<StoreFault, A>): Promise<A> => {
  const outcome = await task();
  if (isLeft(outcome)) throw new Error(faultText(outcome.left));
  return outcome.right;
};

/** The answer as lines, or the name of the error. */
const ask = async (reader: Reader, sql: string, parameters = ""): Promise<string> => {
  const login = temporary.store.readers.loginOf(reader);
  if (login === undefined) throw new Error(`${reader.id} was not admitted`);
  const answer = await fetch(`${login.url}?database=leadwire${parameters}`, {
    method: "POST",
    body: sql,
    headers: login.headers,
  });
  const text = (await answer.text()).trim();
  return answer.ok ? text : (/\(([A-Z_]+)\)/.exec(text)?.[1] ?? text);
};

const insert = async (changes: ReadonlyArray<FactChange>): Promise<void> => {
  const writer = factWriter(testGeneration);
  for (const each of changes) writer.add(each, "funnel", 0);
  await done(writer.insert(temporary.store));
};

/** One event for each version of a fact, and some that no fact came of; every other states its team. */
const eventsSql = `INSERT INTO leadwire_log.events (topic, partition, offset, append_time, type, source_system, event_id, revision, occurred_at, team, rank)
SELECT 'leadwire.funnel', 0, number, now64(3), 'lead-created', 'crm', concat('e', toString(intDiv(number, 3)), '-', toString(number % 3)), 1, now64(3), if(number % 2 = 0, NULL, 'north'), 1 FROM numbers(9000)`;

beforeAll(async () => {
  temporary = await openTemporaryStore();
  // In two blocks, newest first: what a background merge would tidy up is not tidy.
  await insert(history.filter((_, index) => index % 2 === 1).toReversed());
  await insert(history.filter((_, index) => index % 2 === 0));
  await done(temporary.store.command(eventsSql));
  const views = statistics.map(({ view }) => view);
  await done(serveGeneration(temporary.store, testGeneration, "UTC", views));
  await done(temporary.store.readers.admit(Object.values(readers)));
}, 60_000);
afterAll(() => temporary.dispose());

const sorted = (lines: ReadonlyArray<string>): ReadonlyArray<string> => lines.toSorted();
const idsOf = (facts: ReadonlyArray<FactRecord>): ReadonlyArray<string> => sorted(facts.map(({ factId }) => factId));
const linesOf = (text: string): ReadonlyArray<string> => (text === "" ? [] : sorted(text.split("\n")));

test.each(Object.entries(readers))(
  "%s sees the facts of their rows and no others, whatever the way in",
  async (name, reader) => {
    const mine = idsOf(today.filter((fact) => sees(reader, fact)));
    expect(mine.length === 0).toBe(name === "nobody");
    const ways = [
      "SELECT fact_id FROM facts",
      "SELECT DISTINCT fact_id FROM (SELECT * FROM facts UNION ALL SELECT * FROM facts)",
      "SELECT fact_id FROM facts WHERE fact_id IN (SELECT fact_id FROM facts)",
      "SELECT a.fact_id FROM facts AS a JOIN facts AS b ON a.fact_id = b.fact_id",
      "WITH f AS (SELECT * FROM leadwire.facts) SELECT f.fact_id FROM f",
      "SELECT fact_id FROM merge('leadwire', '^facts$')",
      `SELECT fact_id FROM ${generationDatabase(testGeneration)}.facts_latest FINAL WHERE present = 1`,
      "SELECT arrayJoin(groupArray(fact_id)) FROM facts",
      "SELECT fact_id FROM view(SELECT * FROM facts)",
      `SELECT fact_id FROM ${generationDatabase(testGeneration)}.facts_latest FINAL PREWHERE team != '' WHERE present = 1`,
      "SELECT fact_id FROM facts WHERE team = 'north' OR 1",
    ];
    for (const sql of ways) expect(linesOf(await ask(reader, sql)), sql).toEqual(mine);
    expect(await ask(reader, "SELECT count() FROM facts")).toBe(`${mine.length}`);
    const asked = "SELECT count() FROM facts WHERE team = {team:String}";
    const ofTeam = today.filter((fact) => sees(reader, fact) && fact.dimensions.team === "it's");
    expect(await ask(reader, asked, "&param_team=it's")).toBe(`${ofTeam.length}`);
    const thrown = "SELECT count() FROM facts WHERE throwIf(team NOT IN (SELECT team FROM facts)) = 0";
    expect(await ask(reader, thrown)).toBe(`${mine.length}`);
  },
);

test.each(Object.entries(readers))("%s sees of the past what was theirs then", async (_name, reader) => {
  for (const afterMs of [0, 700, 1_499, 2_700, 3_300, 4_400, 9_000]) {
    const asOf = new Date(firstAppendMs + afterMs).toISOString().replace("T", " ").replace("Z", "");
    const mine = idsOf(knownAt(firstAppendMs + afterMs).filter((fact) => sees(reader, fact)));
    expect(linesOf(await ask(reader, `SELECT fact_id FROM facts_as_of(as_of = '${asOf}')`)), asOf).toEqual(mine);
  }
});

test("a fact that moved is gone for one and there for the other, at each time as it was then", async () => {
  const moved = history.filter(
    ({ fact, version, present }) => present && version >= 2_000 && version < 4_000 && fact.dimensions.team === "north",
  );
  const before = moved.filter(({ fact }) =>
    history.some(
      (each) =>
        each.fact.factId === fact.factId && each.version < 2_000 && each.present && each.fact.dimensions.team === wild,
    ),
  );
  expect(before.length).toBeGreaterThan(5);
  const ids = before.map(({ fact }) => `'${fact.factId}'`).join(", ");
  const then = (afterMs: number) => new Date(firstAppendMs + afterMs).toISOString().replace("T", " ").replace("Z", "");
  const count = (asOf: string, reader: Reader) =>
    ask(
      reader,
      `SELECT count() FROM facts_of_kind_as_of(kind = 'deal_closed', as_of = '${asOf}') UNION ALL SELECT count() FROM facts_as_of(as_of = '${asOf}') WHERE fact_id IN (${ids})`,
    );
  expect(linesOf(await count(then(1_999), readers.wild))).toContain(`${before.length}`);
  expect(linesOf(await count(then(1_999), readers.north))).toContain("0");
  expect(linesOf(await count(then(3_999), readers.wild))).toContain("0");
  expect(linesOf(await count(then(3_999), readers.north))).toContain(`${before.length}`);
});

test("every view over facts is, for a reader, what it would be over their rows alone", async () => {
  const source = { database: generationDatabase(testGeneration), timeZone: "UTC" };
  const views = viewsOf(source).filter(({ select }) => /facts_latest|fact_history/.test(select));
  expect(views.length).toBeGreaterThan(4);
  for (const { name, select } of views) {
    for (const reader of [readers.north, readers.wild, readers.two]) {
      const rows = `(SELECT * FROM ${source.database}.$1 FINAL WHERE ${conditionOf(reader)})`;
      const alone = select.replaceAll(
        new RegExp(`${source.database}\\.(facts_latest|fact_history)( FINAL)?`, "g"),
        rows,
      );
      const expected = await done(
        temporary.store.query(
          `SELECT count(), groupBitXor(cityHash64(tuple(*))) FROM (SELECT DISTINCT * FROM (${alone}))`,
        ),
      );
      const found = await ask(
        reader,
        `SELECT count(), groupBitXor(cityHash64(tuple(*))) FROM (SELECT DISTINCT * FROM ${name})`,
      );
      expect(found, `${name} of ${reader.id}`).toBe(expected.toString().trim());
    }
  }
});

test("an event is seen by who sees a fact that it made, unless it states another team", async () => {
  const made = (reader: Reader) => {
    const born = new Map(history.map(({ fact, causeEventId, version }) => [`${fact.factId} ${version}`, causeEventId]));
    const newest = history.filter(
      ({ fact, version, present }) => present && sees(reader, fact) && !born.has(`${fact.factId} ${version + 2_000}`),
    );
    return new Set(newest.map(({ causeEventId }) => causeEventId));
  };
  const all = Array.from({ length: 9_000 }, (_, number) => ({
    id: `e${Math.floor(number / 3)}-${number % 3}`,
    team: number % 2 === 0 ? undefined : "north",
  }));
  for (const reader of [readers.north, readers.wild, readers.nobody]) {
    const causes = made(reader);
    const mine = all.filter(({ id, team }) => causes.has(id) && (team === undefined || reader === readers.north));
    expect(mine.length === 0).toBe(reader === readers.nobody);
    for (const view of ["events", "events_all"]) {
      expect(linesOf(await ask(reader, `SELECT event_id FROM ${view}`)), view).toEqual(
        sorted(mine.map(({ id }) => id)),
      );
    }
  }
  expect(await ask(analystReader, "SELECT count() FROM events")).toBe("9000");
});

test("what holds the whole company is not theirs", async () => {
  for (const view of companyViews)
    expect(await ask(readers.north, `SELECT * FROM ${view}`), view).toBe("ACCESS_DENIED");
  const tables = ["slices", "ledger", "positions"].map((table) => `${generationDatabase(testGeneration)}.${table}`);
  const logTables = ["alert_transitions", "positions", "backfills", "migrations"].map(
    (table) => `leadwire_log.${table}`,
  );
  for (const table of [...tables, ...logTables])
    expect(await ask(readers.north, `SELECT * FROM ${table}`), table).toBe("ACCESS_DENIED");
  expect(await ask(readers.north, "SELECT bytes FROM leadwire_log.quarantine")).toBe("ACCESS_DENIED");
  expect(
    await ask(
      readers.north,
      "SELECT * FROM leadwire_log.engine_facts_as_of(kind = 'sale', as_of = '2026-04-01 00:00:00')",
    ),
  ).toBe("ACCESS_DENIED");
  expect(await ask(analystReader, "SELECT count() FROM slices")).toBe("0");
});

test("a generation made later is closed until the readers cover it", async () => {
  for (const statement of generationStatements(singleLayout, "1b")) await done(temporary.store.command(statement));
  const later = "SELECT count() FROM leadwire_g_1b.facts_latest";
  expect(await ask(readers.north, later)).toBe("ACCESS_DENIED");
  expect(await ask(analystReader, later)).toBe("0");
  await done(createGeneration(temporary.store, "1b"));
  await done(
    temporary.store.command(
      `INSERT INTO leadwire_g_1b.fact_history SELECT * FROM ${generationDatabase(testGeneration)}.fact_history`,
    ),
  );
  const mine = today.filter((fact) => sees(readers.north, fact)).length;
  expect(await ask(readers.north, `${later} FINAL WHERE present`)).toBe(`${mine}`);
});

const parameters: Readonly<Record<Exclude<ViewParameter, "by">, string>> = {
  since: "'2026-02-01'",
  until: "'2026-03-01'",
  at: "'2026-03-01'",
  prior_since: "'2026-01-01'",
  prior_until: "'2026-02-01'",
  prior_at: "'2026-03-01'",
  today: "'2026-03-01'",
  period: "'2026-02'",
  months: "1",
  days_begun: "20",
  days_all: "20",
};

const metricOf = async (view: MetricView, reader: Reader): Promise<number | null> => {
  const asked = view.parameters.map((each) => `${each} = ${each === "by" ? "''" : parameters[each]}`);
  const text = await ask(reader, `SELECT value FROM leadwire.${view.name}(${asked.join(", ")})`);
  if (text === "" || text === "\\N") return null;
  expect(text, view.name).toMatch(/^-?[0-9.e+-]+$|^nan$/);
  return Number(text);
};

test("a metric is, for a reader, what the evaluator gives of their rows", async () => {
  const source = arraySource(today);
  const deps = {
    catalogue,
    workspace: defaultWorkspace,
    calendar: new ZoneCalendar("UTC"),
    source,
    meta: { completeThroughMs: null, hasActivity: true },
  };
  const reader = readers.wild;
  let numbers = 0;
  const waiting = [...statistics];
  const next = async (): Promise<void> => {
    for (let each = waiting.pop(); each !== undefined; each = waiting.pop()) {
      const { asked, view } = each;
      const question = {
        metric: asked,
        window: "2026-02",
        atMs: Date.parse("2026-03-01T00:00:00Z"),
        where: reader.where,
      };
      const answers = await evaluateKpi(question, deps);
      if (isLeft(answers)) throw new Error(answers.left.message);
      const [answer] = answers.right;
      expect((await metricOf(view, reader)) ?? 0, asked).toBe(answer?.value ?? 0);
      if (answer?.value !== null && answer?.value !== 0) numbers += 1;
    }
  };
  await Promise.all([next(), next(), next(), next()]);
  expect(numbers).toBeGreaterThan(statistics.length / 3);
}, 30_000);
