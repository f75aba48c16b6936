import {
  type EventLine,
  type Fields,
  parseEventLine,
  parseLineTime,
  readWorkspaceLines,
  readYamlFile,
  type Workspace,
  type YamlValue,
} from "@leadwire/funnel";
import { type Either, isLeft, left } from "fp-ts/lib/Either.js";
import type { AlertFault } from "../alert-file/alert-fault.ts";
import { type ExpectedAlert, readExpectedAlert } from "./expected-alert.ts";

/** What has to be so at an instant; what is not stated is not compared. */
export interface RuleExpectation {
  readonly line: number;
  /** As it is written, for people. */
  readonly at: string;
  readonly atMs: number;
  /** All alerts that fire, and no other. */
  readonly firing?: ReadonlyArray<ExpectedAlert>;
  readonly pending?: ReadonlyArray<ExpectedAlert>;
  /** Each alert in each notification planned since the expectation before, and no other. */
  readonly told?: ReadonlyArray<ExpectedAlert>;
}

/** What happens, in the order in which it arrives, and what has to come of it. */
export interface RuleTest {
  readonly name: string;
  readonly line: number;
  readonly workspace: Workspace;
  readonly given: ReadonlyArray<EventLine>;
  /** In the order of time. */
  readonly then: ReadonlyArray<RuleExpectation>;
}

export interface RuleTestFile {
  /** As faults show it. */
  readonly name: string;
  /** Files of rules, receivers and routes, as they are written: from this file's folder. */
  readonly rules: ReadonlyArray<string>;
  readonly tests: ReadonlyArray<RuleTest>;
}

const nothing: RuleTestFile = { name: "", rules: [], tests: [] };
const line = "an event such as 2026-03-02 09:00 lead-created L1 owner=ana";

const readTime = (value: YamlValue, zone: string): number | undefined => {
  const text = value.text("a time such as 2026-03-02 09:05:01");
  if (text === undefined) return undefined;
  const found = parseLineTime(text, zone);
  return isLeft(found) ? value.refuse("a time such as 2026-03-02 09:05:01, local, or UTC with a Z", text) : found.right;
};

const readGiven = (value: YamlValue, workspace: Workspace): ReadonlyArray<EventLine> | undefined => {
  let arrivedMs = Number.NEGATIVE_INFINITY;
  return value.items("a list of events")?.flatMap((item, index) => {
    const text = item.text(line);
    if (text === undefined) return [];
    const found = parseEventLine(text, { workspace, sourceSystem: "test", number: index + 1 });
    if (isLeft(found)) {
      item.refuse(line, `${JSON.stringify(text)} (${found.left})`);
      return [];
    }
    if (found.right.appendTimeMs < arrivedMs)
      item.refuse("events in the order in which they arrive; add arrived= to one that came late", JSON.stringify(text));
    arrivedMs = Math.max(arrivedMs, found.right.appendTimeMs);
    return [found.right];
  });
};

const readAlerts = (value: YamlValue): ReadonlyArray<ExpectedAlert> | undefined =>
  value.items("a list of alerts, or [] for none")?.flatMap((item) => readExpectedAlert(item) ?? []);

const expectationKeys = ["at", "firing", "pending", "told"];

const readExpectation = (value: YamlValue, zone: string): RuleExpectation | undefined => {
  const fields = value.fields(expectationKeys);
  if (fields === undefined) return undefined;
  const at = fields.required("at", (found) => found.text("a time"));
  const atMs = fields.optional("at", (found) => readTime(found, zone));
  const firing = fields.optional("firing", readAlerts);
  const pending = fields.optional("pending", readAlerts);
  const told = fields.optional("told", readAlerts);
  if (at === undefined || atMs === undefined) return undefined;
  if (firing === undefined && pending === undefined && told === undefined)
    return value.refuse("firing, pending or told", "none of them");
  return {
    line: value.line,
    at,
    atMs,
    ...(firing === undefined ? {} : { firing }),
    ...(pending === undefined ? {} : { pending }),
    ...(told === undefined ? {} : { told }),
  };
};

const readThen = (value: YamlValue, zone: string): ReadonlyArray<RuleExpectation> | undefined => {
  let beforeMs = Number.NEGATIVE_INFINITY;
  return value.items("a list of expectations")?.flatMap((item) => {
    const found = readExpectation(item, zone);
    if (found === undefined) return [];
    if (found.atMs < beforeMs) item.refuse("expectations in the order of time", found.at);
    beforeMs = Math.max(beforeMs, found.atMs);
    return [found];
  });
};

const readTest = (value: YamlValue, ofFile: Workspace): RuleTest | undefined => {
  const fields = value.fields(["name", "workspace", "given", "then"]);
  if (fields === undefined) return undefined;
  const workspace = fields.or("workspace", ofFile, readWorkspaceLines);
  const name = fields.required("name", (at) => at.text("the test's name"));
  const given = fields.or("given", [], (at) => readGiven(at, workspace));
  const then = fields.required("then", (at) => readThen(at, workspace.timeZone));
  return name === undefined || then === undefined ? undefined : { name, line: value.line, workspace, given, then };
};

const readTests = (value: YamlValue, workspace: Workspace): ReadonlyArray<RuleTest> | undefined => {
  const names = new Set<string>();
  return value.items("a list of tests")?.flatMap((item) => {
    const test = readTest(item, workspace);
    if (test === undefined) return [];
    if (names.has(test.name)) item.refuse("a name that no other test of the file has", JSON.stringify(test.name));
    names.add(test.name);
    return [test];
  });
};

const readRules = (value: YamlValue): ReadonlyArray<string> | undefined => {
  const path = (at: YamlValue): string | undefined => at.text("the path of a file of rules, such as ../sales.yaml");
  if (!value.isList()) {
    const only = path(value);
    return only === undefined ? undefined : [only];
  }
  return value.items("a list of files")?.flatMap((item) => path(item) ?? []);
};

const readFile = (fields: Fields, name: string, inUse: Workspace): RuleTestFile => {
  const workspace = fields.or("workspace", inUse, readWorkspaceLines);
  return {
    name,
    rules: fields.required("rules", readRules) ?? [],
    tests: fields.required("tests", (at) => readTests(at, workspace)) ?? [],
  };
};

/**
 * Reads a file of tests for rules; README.md beside it shows one. `workspace`: of tests that state none. Finds every
 * fault at once, in the order of lines.
 */
export const parseRuleTestFile = (
  text: string,
  name: string,
  workspace: Workspace,
): Either<ReadonlyArray<AlertFault>, RuleTestFile> => {
  const terms = { known: ["rules", "workspace", "tests"], tolerated: [], whenEmpty: { ...nothing, name } };
  const read = readYamlFile(text, terms, (fields) => readFile(fields, name, workspace));
  return isLeft(read) ? left(read.left.map((fault) => ({ ...fault, file: name }))) : read;
};
