import { ZoneCalendar } from "@leadwire/funnel";
import { evaluateKpi, type KpiAnswer, type KpiContext, type PartialSource } from "@leadwire/kpis";
import { catalogue } from "@leadwire/kpis/catalogue";
import { Driver } from "@leadwire/stream/testing";
import { isLeft } from "fp-ts/lib/Either.js";
import type { OracleRecord } from "../oracle/log-input.ts";
import type { GoldenCase } from "./golden-case.ts";

/** The engine after a case's records in some order, so many at a time. */
export const driven = (
  golden: GoldenCase,
  events: ReadonlyArray<OracleRecord>,
  batch: number,
  partitions = 2,
): Driver => {
  const driver = new Driver(golden.workspace, catalogue.measures, partitions);
  driver.feed(events, Math.max(1, batch));
  return driver;
};

const calendars = new Map<string, ZoneCalendar>();

/** A zone's calendar, made once: it remembers what it has looked up. */
const calendarOf = (zone: string): ZoneCalendar => {
  const calendar = calendars.get(zone) ?? new ZoneCalendar(zone);
  calendars.set(zone, calendar);
  return calendar;
};

const contextOf = (golden: GoldenCase, source: PartialSource): KpiContext => ({
  catalogue,
  workspace: golden.workspace,
  calendar: calendarOf(golden.workspace.timeZone),
  source,
  meta: {
    completeThroughMs: null,
    hasActivity: golden.events.some(({ event }) => event.type === "activity-logged"),
  },
});

/** The answers to all that a case asks, in its order; throws on a question that the engine refuses. */
export const answersOf = (
  golden: GoldenCase,
  source: PartialSource,
): Promise<ReadonlyArray<ReadonlyArray<KpiAnswer>>> => {
  const context = contextOf(golden, source);
  return Promise.all(
    golden.expectations.map(async ({ metric, window, atMs, by, where }) => {
      const found = await evaluateKpi({ metric, window, atMs, by, where }, context);
      if (isLeft(found)) throw new Error(`${golden.file}, "${golden.name}": ${found.left.message}`);
      return found.right;
    }),
  );
};
