import type { Fields, YamlValue } from "@leadwire/funnel";
import { checkQuestion, findStatistic, measuresOf, type NamedStatistic } from "@leadwire/kpis";
import { isLeft } from "fp-ts/lib/Either.js";
import type { MetricChoice, NumberFormat, TileFilter, TileTarget } from "../board/board-definition.ts";
import { amountForm, amountOf } from "./amount-text.ts";
import type { BoardContext } from "./board-context.ts";

/** Levels are read at an instant: their window is that word. */
export const levelWindow = "now";

const windowForm = "a window: 1h 24h 7d 30d 90d 365d, day week month quarter year, a period such as 2026-Q1, or all";

/** Whether a number is how things stand at an instant, rather than what happened in a time. */
export const isLevel = ({ statistic }: NamedStatistic): boolean =>
  measuresOf(statistic.formula).every((measure) => measure.level);

export const readMetric = (at: YamlValue, { catalogue }: BoardContext): NamedStatistic | undefined => {
  const name = at.text("a metric, such as win_rate or lead_response_time.p90");
  if (name === undefined) return undefined;
  const found = findStatistic(catalogue, name);
  if (!isLeft(found)) return found.right;
  return at.refuse("a metric of npx leadwire kpi --list", JSON.stringify(name), found.left.message);
};

/** `team=north`. */
const readFilter = (at: YamlValue): TileFilter | undefined => {
  const form = "a filter such as team=north";
  return at.parsed(form, (text): TileFilter | undefined => {
    const equals = text.indexOf("=");
    return equals > 0 ? [text.slice(0, equals).trim(), text.slice(equals + 1).trim()] : undefined;
  });
};

export const readWhere = (fields: Fields): ReadonlyArray<TileFilter> =>
  fields.or("where", [], (at) => {
    const items = at.isList() ? at.items("a list of filters such as [team=north]") : [at];
    return items?.map(readFilter).filter((filter) => filter !== undefined);
  });

/** Asks the catalogue whether the question can be put; the fault stands at `at`. */
export const checkAsked = (
  at: YamlValue,
  { catalogue }: BoardContext,
  asked: MetricChoice,
  by: ReadonlyArray<string>,
): boolean => {
  const { metric, where } = asked;
  const window = asked.window === levelWindow ? "all" : asked.window;
  const checked = checkQuestion({ metric, window, atMs: 0, by, where }, catalogue);
  if (!isLeft(checked)) return true;
  at.refuse("a question that npx leadwire kpi answers", `one that it does not`, checked.left.message);
  return false;
};

/** Metric, window and filters of a tile; a level's window is `now` and need not be written. */
export const readChoice = (
  at: YamlValue,
  fields: Fields,
  context: BoardContext,
  by: ReadonlyArray<string> = [],
): (MetricChoice & { readonly named: NamedStatistic }) | undefined => {
  const named = fields.required("metric", (value) => readMetric(value, context));
  if (named === undefined) return undefined;
  const metric =
    named.statisticName === "" || named.statisticName === named.metric.defaultStatistic
      ? named.metric.id
      : `${named.metric.id}.${named.statisticName}`;
  const written = fields.optional("window", (value) => value.text(windowForm));
  if (isLevel(named) && written !== undefined && written !== levelWindow)
    return at.refuse(`window: ${levelWindow}, since ${metric} is how things stand`, JSON.stringify(written));
  const window = written ?? (isLevel(named) ? levelWindow : undefined);
  if (window === undefined) return at.refuse("the key window", "none");
  const choice = { metric, window, where: readWhere(fields) };
  return checkAsked(at, context, choice, by) ? { ...choice, named } : undefined;
};

export const readTarget = (
  fields: Fields,
  { statistic }: NamedStatistic,
  { currency }: BoardContext,
): TileTarget | undefined =>
  fields.optional("target", (at) =>
    at.parsed(`plan, or ${amountForm(statistic.unit, currency)}`, (text): TileTarget | undefined =>
      text === "plan" ? "plan" : amountOf(text, statistic.unit, currency),
    ),
  );

export const readFormat = (fields: Fields): NumberFormat =>
  fields.or("format", {}, (at) => {
    const format = at.fields(["decimals", "compact"]);
    const decimals = format?.optional("decimals", (value) =>
      value.number("a whole number from 0 to 6", (found) => Number.isInteger(found) && found >= 0 && found <= 6),
    );
    const compact = format?.optional("compact", (value) => value.flag());
    return { ...(decimals === undefined ? {} : { decimals }), ...(compact === undefined ? {} : { compact }) };
  });
