import { dayMs } from "@leadwire/events";
import type { Either } from "fp-ts/lib/Either.js";
import { dayOfText } from "./calendar/civil-day.ts";
import { defaultWorkspace, type Workspace } from "./workspace.ts";
import { readBusinessHours } from "./workspace-file/hours-lines.ts";
import { dateForm, readPeople, readRates, readZone } from "./workspace-file/people-lines.ts";
import { readPipelines } from "./workspace-file/pipeline-lines.ts";
import { durationForms, parseCurrency, parseDurationMs, parseMonth, parseWeekday } from "./workspace-file/terms.ts";
import type { WorkspaceFault } from "./workspace-file/workspace-fault.ts";
import { readYamlFile } from "./workspace-file/yaml-file.ts";
import type { Fields, YamlValue } from "./workspace-file/yaml-value.ts";

export { type WorkspaceFault, workspaceFaultText } from "./workspace-file/workspace-fault.ts";

/** The top-level keys that this file reads. */
export const workspaceKeys: ReadonlyArray<string> = [
  "time_zone",
  "currency",
  "rates",
  "fiscal_year_start",
  "week_start",
  "business_hours",
  "holidays",
  "response_sla",
  "grace",
  "customer_active_for",
  "people",
  "pipelines",
];

const readDuration = (value: YamlValue, fits: (ms: number) => boolean, form: string): number | undefined =>
  value.parsed(form, (text) => {
    const ms = parseDurationMs(text);
    return ms !== undefined && fits(ms) ? ms : undefined;
  });

const readDays = (value: YamlValue): number | undefined => {
  const ms = readDuration(value, (found) => found > 0 && found % dayMs === 0, "whole days, such as 365 d");
  return ms === undefined ? undefined : ms / dayMs;
};

const readHolidays = (value: YamlValue): ReadonlyArray<number> | undefined => {
  const days = value.items("a list of dates")?.map((item) => item.parsed(dateForm, dayOfText));
  return days === undefined ? undefined : [...new Set(days.filter((day) => day !== undefined))].sort((a, b) => a - b);
};

const readWorkspace = (fields: Fields): Workspace => {
  const ofDefault = defaultWorkspace;
  return {
    timeZone: fields.or("time_zone", ofDefault.timeZone, readZone),
    currency: fields.or("currency", ofDefault.currency, (at) => at.parsed("a currency such as EUR", parseCurrency)),
    rates: fields.or("rates", ofDefault.rates, readRates),
    fiscalYearStartMonth: fields.or("fiscal_year_start", ofDefault.fiscalYearStartMonth, (at) =>
      at.parsed("a month such as April", parseMonth),
    ),
    weekStart: fields.or("week_start", ofDefault.weekStart, (at) =>
      at.parsed("a weekday such as Monday", parseWeekday),
    ),
    businessHours: fields.or("business_hours", ofDefault.businessHours, readBusinessHours),
    holidays: fields.or("holidays", ofDefault.holidays, readHolidays),
    responseSlaMs: fields.or("response_sla", ofDefault.responseSlaMs, (at) =>
      readDuration(at, (ms) => ms > 0, `${durationForms}, above 0`),
    ),
    graceMs: fields.or("grace", ofDefault.graceMs, (at) => readDuration(at, () => true, durationForms)),
    customerActiveForDays: fields.or("customer_active_for", ofDefault.customerActiveForDays, readDays),
    people: fields.or("people", ofDefault.people, readPeople),
    pipelines: fields.or("pipelines", ofDefault.pipelines, readPipelines),
  };
};

const refuseOwnRates = (workspace: Workspace, rates: YamlValue): void => {
  if (workspace.rates.some((rate) => rate.currency === workspace.currency)) {
    rates.refuse(`rates of other currencies than the workspace's own`, workspace.currency);
  }
};

const readWhole = (fields: Fields): Workspace => {
  const workspace = readWorkspace(fields);
  fields.optional("rates", (at) => refuseOwnRates(workspace, at));
  return workspace;
};

/** Reads the same lines where they stand within another file. Undefined after noting a fault. */
export const readWorkspaceLines = (value: YamlValue): Workspace | undefined => {
  const fields = value.fields(workspaceKeys);
  return fields === undefined ? undefined : readWhole(fields);
};

/**
 * Reads the text of `leadwire.yaml`. A missing line has its default; an empty file is the default workspace. Unknown
 * keys are refused, but for those that the process's own settings use (`otherKeys`, top level). Finds every fault of
 * the file at once, in the order of its lines.
 */
export const parseWorkspace = (
  text: string,
  otherKeys: ReadonlyArray<string> = [],
): Either<ReadonlyArray<WorkspaceFault>, Workspace> =>
  readYamlFile(text, { known: workspaceKeys, tolerated: otherKeys, whenEmpty: defaultWorkspace }, readWhole);
