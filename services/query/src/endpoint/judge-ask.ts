import { type Either, isLeft, left, right } from "fp-ts/lib/Either.js";
import { formatRefusal } from "../gate/format-rules.ts";
import type { Gate } from "../gate/judged.ts";
import { refusalSentence } from "../gate/refusal.ts";
import type { JudgeAsk } from "./sql-door.ts";
import { codes, refusalOfText, type SqlRefusal, sqlRefusal } from "./sql-refusal.ts";

/** Names of the codes that the gate gives by itself. */
const names: Readonly<Record<number, string>> = {
  62: "SYNTAX_ERROR",
  73: "UNKNOWN_FORMAT",
  210: "NETWORK_ERROR",
  446: "FUNCTION_NOT_ALLOWED",
  497: "ACCESS_DENIED",
};

/** ClickHouse's own words may begin with its code, which is not said twice. */
const refusalOf = (code: number, message: string): SqlRefusal => {
  const told = refusalOfText(message, code);
  return told.message === message ? { code, name: names[code] ?? "UNKNOWN_EXCEPTION", message } : told;
};

/** The gate as the door asks it: the statement, and the format beside it. */
export const judgeWith =
  (gate: Gate): JudgeAsk =>
  ({ sql, parameters, format }, { where }) =>
  async (): Promise<Either<SqlRefusal, string>> => {
    const formatFault = format === undefined ? undefined : formatRefusal(format);
    if (formatFault !== undefined) return left(sqlRefusal([73, "UNKNOWN_FORMAT"], refusalSentence(formatFault)));
    const judged = await gate.judge(sql, { parameters, someRows: where.length > 0 })();
    if (!isLeft(judged)) return right(judged.right.statement);
    const { _tag, code, message } = judged.left;
    return left(refusalOf(_tag === "Unavailable" ? codes.networkError[0] : code, message));
  };
