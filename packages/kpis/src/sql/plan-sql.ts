import { type PlanEntry, scopeOf } from "../plan-book.ts";

/** The query for every target and forecast; its rows are read by `planEntriesOfRows`. */
export const planSql = (facts = "leadwire.facts"): string =>
  `SELECT kind, fact_id, toUnixTimestamp64Milli(at), subject, period, owner, team, if(kind = 'target', units, toFloat64(amount_minor))
FROM ${facts}
WHERE kind IN ('target', 'forecast')`;

/** Reads the rows of `planSql` (JSONCompactEachRow). Throws a TypeError where a row has another shape. */
export const planEntriesOfRows = (rows: ReadonlyArray<ReadonlyArray<unknown>>): ReadonlyArray<PlanEntry> =>
  rows.map((row) => {
    const [kind, factId, at, subject, period, owner, team, value] = row;
    if ((kind !== "target" && kind !== "forecast") || typeof value !== "number") {
      throw new TypeError(`expected a target or a forecast from SQL, found ${JSON.stringify(row)}`);
    }
    const scope = scopeOf(String(owner), String(team));
    const named = { factId: String(factId), subject: String(subject), period: String(period) };
    return { kind, ...named, ...scope, atMs: Number(at), value };
  });
