import { type AlertMatcher, parseMatcher } from "@leadwire/events";
import { parseMinuteOfDay, parseWeekdays, type YamlValue } from "@leadwire/funnel";
import { isLeft } from "fp-ts/lib/Either.js";
import { isLabelName, readDuration, readTexts } from "../alert-file/yaml-words.ts";
import { didYouMean } from "../when/did-you-mean.ts";
import type { QuietHours, Route } from "./notification-config.ts";

const keys = [
  "receivers",
  "group_by",
  "group_wait",
  "group_interval",
  "repeat_interval",
  "quiet_hours",
  "send_resolved",
  "routes",
];
/** An alias can stand within what it names, so that a tree on paper need not end. */
const depthMax = 8;
const routesMax = 1_000;
const everyDay: ReadonlyArray<number> = [1, 2, 3, 4, 5, 6, 7];

const readMatcher = (value: YamlValue): AlertMatcher | undefined => {
  const form = "a label and a value, such as severity=critical";
  const text = value.text(form);
  const read = text === undefined ? undefined : parseMatcher(text);
  if (read === undefined) return undefined;
  if (!isLeft(read)) return read.right;
  const [, expected = form, found = ""] = /^expected (.*?), found (.*)$/su.exec(read.left) ?? [];
  return value.refuse(expected, found);
};

/** `[severity=critical, team=~"north|south"]`: at least one. */
export const readMatchers = (value: YamlValue): ReadonlyArray<AlertMatcher> | undefined => {
  const items = value.items("a list, such as [severity=critical]");
  if (items?.length === 0) return value.refuse("at least one label, such as [severity=critical]", "none");
  return items?.map(readMatcher).filter((matcher) => matcher !== undefined);
};

const readLabelName = (value: YamlValue): string | undefined =>
  value.parsed("a label's name, such as team", (text) => (isLabelName(text) ? text : undefined));

/** A list of labels' names. */
export const readLabelNames = (value: YamlValue): ReadonlyArray<string> =>
  readTexts(value, "a list of labels, such as [rule, team]", readLabelName);

/** `[rule, team]`, or `["..."]` for all labels. */
const readGroupBy = (value: YamlValue): ReadonlyArray<string> => {
  const form = 'a list of labels, such as [rule, team], or ["..."] for all of them';
  const texts = readTexts(value, form, (item) => item.text("a label's name, such as team"));
  return texts.includes("...") ? ["..."] : readTexts(value, form, readLabelName);
};

const readMinute = (value: YamlValue): number | undefined =>
  value.parsed("a time of day such as 20:00", parseMinuteOfDay);

const readQuiet = (value: YamlValue): QuietHours | undefined => {
  const fields = value.fields(["days", "from", "to"]);
  const fromMinute = fields?.required("from", readMinute);
  const toMinute = fields?.required("to", readMinute);
  if (fields === undefined || fromMinute === undefined || toMinute === undefined) return undefined;
  const days = fields.optional("days", (at) =>
    readTexts(at, "weekdays", (item) => item.parsed("a weekday or a range such as monday-friday", parseWeekdays)),
  );
  const weekdays = days === undefined ? everyDay : [...new Set(days.flat())].sort((a, b) => a - b);
  return { weekdays, fromMinute, toMinute };
};

const readQuietHours = (value: YamlValue): ReadonlyArray<QuietHours> =>
  readTexts(value, 'a list such as [{ days: monday-friday, from: "20:00", to: "08:00" }]', readQuiet);

/** Reads the tree of routes; what a route does not state is as in the one above it. */
export class RouteReader {
  readonly #receivers: ReadonlySet<string>;
  #routes = 0;

  /** `receivers`: the names there are. */
  constructor(receivers: ReadonlySet<string>) {
    this.#receivers = receivers;
  }

  /** The tree's root, which takes every alert; `above` holds the defaults. */
  readRoot(value: YamlValue, above: Route): Route {
    return this.#read(value, above, "0", 0) ?? above;
  }

  #read(value: YamlValue, above: Route, path: string, depth: number): Route | undefined {
    this.#routes += 1;
    if (depth > depthMax) return value.refuse(`routes at most ${depthMax} deep`, "one deeper");
    if (this.#routes > routesMax) return value.refuse(`at most ${routesMax} routes`, "one more");
    const fields = value.fields(depth === 0 ? keys : ["match", "continue", ...keys]);
    if (fields === undefined) return undefined;
    const own: Route = {
      path,
      matchers: depth === 0 ? [] : (fields.required("match", readMatchers) ?? []),
      receivers: fields.or("receivers", above.receivers, (at) => this.#readNames(at)),
      groupBy: fields.or("group_by", above.groupBy, readGroupBy),
      groupWaitMs: fields.or("group_wait", above.groupWaitMs, readDuration),
      groupIntervalMs: fields.or("group_interval", above.groupIntervalMs, readDuration),
      repeatIntervalMs: fields.or("repeat_interval", above.repeatIntervalMs, readRepeat),
      quietHours: fields.or("quiet_hours", above.quietHours, readQuietHours),
      sendResolved: fields.or("send_resolved", above.sendResolved, (at) => at.flag()),
      goOn: depth === 0 ? false : fields.or("continue", false, (at) => at.flag()),
      routes: [],
    };
    const routes = fields.or("routes", [], (at) => this.#readRoutes(at, own, depth));
    return { ...own, routes };
  }

  #readRoutes(value: YamlValue, above: Route, depth: number): ReadonlyArray<Route> {
    const items = value.items("a list of routes, such as - { match: [severity=critical], receivers: [ops] }") ?? [];
    return items
      .map((item, index) => this.#read(item, above, `${above.path}.${index}`, depth + 1))
      .filter((route) => route !== undefined);
  }

  #readNames(value: YamlValue): ReadonlyArray<string> {
    return readTexts(value, "a list of receivers' names, such as [ops]", (item) => {
      const known = [...this.#receivers];
      const form = known.length === 0 ? "a receiver; none is named under receivers" : `one of ${known.join(", ")}`;
      const text = item.text(form);
      if (text === undefined || this.#receivers.has(text)) return text;
      return item.refuse(form, JSON.stringify(text), didYouMean(text, known));
    });
  }
}

const repeatMinMs = 60_000;

const readRepeat = (value: YamlValue): number | undefined => {
  const ms = readDuration(value);
  return ms === undefined || ms >= repeatMinMs ? ms : value.refuse("at least 1 min between two reminders");
};
