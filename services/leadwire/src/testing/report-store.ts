import { type FactRecord, type Workspace, ZoneCalendar } from "@leadwire/funnel";
import { catalogue } from "@leadwire/kpis/catalogue";
import { factWriter } from "@leadwire/store";
import { openTemporaryStore, sampleChange, testGeneration } from "@leadwire/store/testing";
import { isLeft } from "fp-ts/lib/Either.js";
import type { ReportArgs, ReportContext } from "../reports/report.ts";
import { runReport } from "../reports/reports.ts";

/** A real ClickHouse with some facts, for tests of reports. */
export interface ReportStore {
  readonly context: ReportContext;
  /** Rejects where the arguments are refused. */
  readonly report: <Document>(name: string, args: ReportArgs) => Promise<Document>;
  /** Takes the place of the facts that were there. */
  readonly hold: (facts: ReadonlyArray<FactRecord>) => Promise<void>;
  readonly dispose: () => Promise<void>;
}

export const openReportStore = async (workspace: Workspace, nowMs: number): Promise<ReportStore> => {
  const temporary = await openTemporaryStore(workspace.timeZone);
  const { store } = temporary;
  const calendar = new ZoneCalendar(workspace.timeZone);
  const context: ReportContext = { store, workspace, catalogue, calendar, nowMs, newestMs: nowMs };
  return {
    context,
    report: async <Document>(name: string, args: ReportArgs) => {
      const answer = await runReport(context, name, args);
      if (isLeft(answer)) throw new Error(answer.left.message);
      return JSON.parse(JSON.stringify(answer.right)) as Document;
    },
    hold: async (facts) => {
      await temporary.truncate();
      const writer = factWriter(testGeneration);
      for (const [index, fact] of facts.entries()) writer.add(sampleChange(fact, index), "funnel", 0);
      const outcome = await writer.insert(store)();
      if (isLeft(outcome)) throw new Error(JSON.stringify(outcome.left));
    },
    dispose: temporary.dispose,
  };
};
