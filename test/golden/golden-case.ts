import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Workspace } from "@leadwire/funnel";
import { parseAllDocuments } from "yaml";
import type { OracleRecord } from "../oracle/log-input.ts";
import type { DimensionName } from "../oracle/oracle.ts";
import { goldenRecord, goldenTimeMs } from "./golden-line.ts";
import { type GoldenWorkspace, workspaceOf } from "./golden-workspace.ts";

/** What one group's answer has to say; what is not stated is not compared. */
export interface ExpectedAnswer {
  readonly group: Readonly<Partial<Record<DimensionName, string>>>;
  readonly value: number | null;
  readonly numerator?: number;
  readonly denominator?: number;
  readonly count?: number;
}

/** A question and its whole answer: every group, no other. */
export interface Expectation {
  /** With its statistic where the case names one: `lead_response_time.p90`. */
  readonly metric: string;
  readonly window: string;
  readonly atMs: number;
  readonly by: ReadonlyArray<DimensionName>;
  readonly where: ReadonlyArray<readonly [DimensionName, string]>;
  readonly answers: ReadonlyArray<ExpectedAnswer>;
}

export interface GoldenCase {
  readonly file: string;
  readonly metric: string;
  readonly name: string;
  readonly workspace: Workspace;
  /** In the order they stand in the file, which is an order of arrival. */
  readonly events: ReadonlyArray<OracleRecord>;
  readonly expectations: ReadonlyArray<Expectation>;
}

type StatedAnswer = Omit<ExpectedAnswer, "group">;

interface StatedExpectation extends StatedAnswer {
  readonly metric?: string;
  readonly window: string;
  readonly at?: string;
  readonly by?: ReadonlyArray<DimensionName>;
  readonly where?: Readonly<Partial<Record<DimensionName, string>>>;
  /** By the group's values, joined with ` / `. */
  readonly groups?: Readonly<Record<string, StatedAnswer>>;
}

interface StatedCase {
  readonly metric: string;
  readonly case: string;
  readonly workspace?: GoldenWorkspace;
  readonly given: ReadonlyArray<string>;
  readonly then: ReadonlyArray<StatedExpectation>;
}

const answersOf = ({ by = [], groups, ...stated }: StatedExpectation): ReadonlyArray<ExpectedAnswer> => {
  const { value, numerator, denominator, count } = stated;
  const numbers = Object.entries({ numerator, denominator, count }).filter(([, number]) => number !== undefined);
  if (groups === undefined) return [{ group: {}, value, ...Object.fromEntries(numbers) }];
  return Object.entries(groups).map(([key, answer]) => {
    const values = key.split(" / ");
    return { group: Object.fromEntries(by.map((name, i) => [name, values[i] ?? ""])), ...answer };
  });
};

const expectationOf = (
  stated: StatedExpectation,
  metric: string,
  latestMs: number,
  workspace: Workspace,
): Expectation => ({
  metric: stated.metric ?? metric,
  window: String(stated.window),
  atMs: stated.at === undefined ? latestMs : goldenTimeMs(stated.at, workspace.timeZone),
  by: stated.by ?? [],
  where: Object.entries(stated.where ?? {}).map(([name, value]) => [name as DimensionName, value] as const),
  answers: answersOf(stated),
});

const caseOf = (stated: StatedCase, file: string): GoldenCase => {
  const workspace = workspaceOf(stated.workspace ?? {});
  const events = stated.given.map((line, i) => {
    try {
      return goldenRecord(line, i + 1, workspace);
    } catch (error) {
      throw new Error(`${file}, "${stated.case}", line "${line}": ${String(error)}`);
    }
  });
  const latestMs = Math.max(0, ...events.map(({ event }) => event.occurred_at)) + 1;
  return {
    file,
    metric: stated.metric,
    name: stated.case,
    workspace,
    events,
    expectations: stated.then.map((then) => expectationOf(then, stated.metric, latestMs, workspace)),
  };
};

/** Every case of this folder, a file per metric. Throws, naming file, case and line, on what it cannot read. */
export const loadGoldenCases = (): ReadonlyArray<GoldenCase> => {
  const files = readdirSync(import.meta.dirname).filter((name) => name.endsWith(".yaml"));
  return files.toSorted().flatMap((file) =>
    parseAllDocuments(readFileSync(join(import.meta.dirname, file), "utf8")).map((document) => {
      const [fault] = document.errors ?? [];
      if (fault !== undefined) throw new Error(`${file}: ${fault.message}`);
      return caseOf(document.toJS(), file);
    }),
  );
};
