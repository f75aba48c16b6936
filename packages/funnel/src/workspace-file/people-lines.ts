import { dayOfText } from "../calendar/civil-day.ts";
import { isZone } from "../calendar/zone-calendar.ts";
import type { Placement, Rate } from "../workspace.ts";
import { parseCurrency, parseName, parseRate } from "./terms.ts";
import type { YamlValue } from "./yaml-value.ts";

export const dateForm = "a date written YYYY-MM-DD";

/** A zone of the tz database by its name; bare offsets are refused, since they know no summer time. */
export const readZone = (value: YamlValue): string | undefined =>
  value.parsed("a time zone of the tz database, such as Europe/Bucharest", (text) =>
    /^[A-Za-z]/.test(text) && isZone(text) ? text : undefined,
  );

const readPlacement = (value: YamlValue): Placement | undefined => {
  const fields = value.fields(["rep", "from", "team", "region", "zone"]);
  const rep = fields?.required("rep", (at) => at.parsed("a rep's name", parseName));
  if (fields === undefined || rep === undefined) return undefined;
  const fromDay = fields.optional("from", (at) => at.parsed(dateForm, dayOfText));
  const team = fields.optional("team", (at) => at.parsed("a team's name", parseName));
  const region = fields.optional("region", (at) => at.parsed("a region's name", parseName));
  const zone = fields.optional("zone", readZone);
  return {
    rep,
    ...(fromDay === undefined ? {} : { fromDay }),
    ...(team === undefined ? {} : { team }),
    ...(region === undefined ? {} : { region }),
    ...(zone === undefined ? {} : { zone }),
  };
};

/** Reads a list whose entries must differ in what `identity` says. */
const readDistinct = <A>(
  value: YamlValue,
  expected: string,
  read: (item: YamlValue) => A | undefined,
  identity: (entry: A) => readonly [string, number | undefined],
): ReadonlyArray<A> | undefined => {
  const seen = new Set<string>();
  return value.items(expected)?.flatMap((item) => {
    const entry = read(item);
    if (entry === undefined) return [];
    const [name, fromDay] = identity(entry);
    const key = JSON.stringify([name, fromDay ?? null]);
    if (seen.has(key)) item.refuse("one entry for each name and `from` date", `a second one for ${name}`);
    seen.add(key);
    return [entry];
  });
};

export const readPeople = (value: YamlValue): ReadonlyArray<Placement> | undefined =>
  readDistinct(value, "a list of people", readPlacement, (entry) => [entry.rep, entry.fromDay]);

const readRate = (value: YamlValue): Rate | undefined => {
  const fields = value.fields(["currency", "from", "rate"]);
  const currency = fields?.required("currency", (at) => at.parsed("a currency such as EUR", parseCurrency));
  const fromDay = fields?.required("from", (at) => at.parsed(dateForm, dayOfText));
  const rate = fields?.required("rate", (at) => at.parsed("a decimal number above 0", parseRate));
  if (currency === undefined || fromDay === undefined || rate === undefined) return undefined;
  return { currency, fromDay, rate };
};

export const readRates = (value: YamlValue): ReadonlyArray<Rate> | undefined =>
  readDistinct(value, "a list of rates", readRate, (entry) => [entry.currency, entry.fromDay]);
