import { isoText } from "@leadwire/kpis";
import { isLeft, right } from "fp-ts/lib/Either.js";
import type { Report, ReportContext } from "../report.ts";
import { knownArgs, oneArg } from "../report-args.ts";
import { reportRows } from "../report-rows.ts";

export interface SilenceLine {
  readonly silence_id: string;
  /** `team=north`; all have to match. */
  readonly matchers: ReadonlyArray<string>;
  readonly author: string;
  readonly comment: string;
  readonly starts_at: string;
  readonly ends_at: string;
  readonly state: "pending" | "active" | "expired";
}

export interface SilencesDocument {
  readonly silences: ReadonlyArray<SilenceLine>;
}

/** Every silence as it was set last, those that end last first. */
export const readSilences = async ({ store, nowMs }: ReportContext): Promise<ReadonlyArray<SilenceLine>> => {
  const rows = await reportRows(store, {
    sql: `SELECT silence_id, toJSONString(matchers), author, comment, toUnixTimestamp64Milli(starts_at), toUnixTimestamp64Milli(ends_at)
FROM leadwire.alert_silences ORDER BY ends_at DESC, silence_id`,
    params: {},
  });
  return rows.map(([id, matchers, author, comment, startsMs, endsMs]) => ({
    silence_id: String(id),
    matchers: JSON.parse(String(matchers)) as ReadonlyArray<string>,
    author: String(author),
    comment: String(comment),
    starts_at: isoText(Number(startsMs)),
    ends_at: isoText(Number(endsMs)),
    state: nowMs >= Number(endsMs) ? "expired" : nowMs < Number(startsMs) ? "pending" : "active",
  }));
};

/** Silences that are or will be in force; with `all=true` those that are over, too. */
export const silences: Report = async (context, args) => {
  const known = knownArgs(args, ["all"]);
  if (isLeft(known)) return known;
  const all = oneArg(args, "all");
  if (isLeft(all)) return all;
  const found = await readSilences(context);
  const document: SilencesDocument = {
    silences: all.right === "true" ? found : found.filter(({ state }) => state !== "expired"),
  };
  return right(document);
};
