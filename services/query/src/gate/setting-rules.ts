import { changeableSettings, serverReaderLimits } from "@leadwire/store";
import { zoneFileRefusal } from "./time-zone-rules.ts";

/** What clients send along without being asked to. ClickHouse takes it where it changes nothing, and refuses it otherwise. */
const habits: ReadonlyArray<string> = [
  "add_http_cors_header",
  "async_insert",
  "http_response_buffer_size",
  "readonly",
  "wait_end_of_query",
];

/**
 * What a reader may set, in the statement (SETTINGS x = 1) and in the address of a request: what the readers' profiles leave
 * to them. How far, the profile says: ClickHouse refuses a limit above its own.
 */
export const allowedSettings: ReadonlyArray<string> = [...changeableSettings(serverReaderLimits).keys(), ...habits];

const allowed: ReadonlySet<string> = new Set(allowedSettings);

const reasons: ReadonlyArray<readonly [pattern: RegExp, reason: string]> = [
  [/^additional_(table|result)_filter/, "write the condition into WHERE"],
  [/^(format_schema|format_template|output_format_schema|input_format)/, "it reads or writes files of the server"],
  [/^(dialect|implicit_|allow_|enable_|compatibility)/, "it changes what a statement means"],
];

const valueMax = 1_000;

/**
 * Why a setting may not be sent; undefined where it may. What clients send by habit and ClickHouse takes as it is
 * (`readonly=1`, `async_insert=0`) passes: ClickHouse refuses any other value of it.
 */
export const settingRefusal = (name: string, value: string): string | undefined => {
  if (allowed.has(name)) {
    return value.length > valueMax ? `the value of the setting ${name} is too long` : zoneFileRefusal(value);
  }
  const reason = reasons.find(([pattern]) => pattern.test(name))?.[1] ?? "it is not one that readers may change";
  return `the setting ${name} is not allowed: ${reason}`;
};
