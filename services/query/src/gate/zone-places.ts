import { conversionFunctions } from "./functions/conversion-functions.ts";
import { timeFunctions } from "./functions/time-functions.ts";
import type { TreeNode } from "./statement-tree.ts";

/**
 * Where ClickHouse takes a text as a time zone or as a type that may hold one: only what can be looked at may stand there.
 * A text put together (`concat('fil', 'e:/…')`) would be a file that is opened: see time-zone-rules.ts.
 */

/** Those that take a zone elsewhere than anywhere behind their first argument. */
const zonePlaces: ReadonlyArray<readonly [names: RegExp, places: ReadonlyArray<number>]> = [
  [/^now(inblock)?$/, [0]],
  [/^(date_?diff|timestamp_?diff|age|timeslots|hop|hopend|hopstart)$/, [3]],
  [
    /^(datename|date_?trunc|formatdatetime\w*|date_format|fromunixtimestamp(injodasyntax)?|from_unixtime|str_to_date)$/,
    [2],
  ],
  [/^(todatetime64\w*|parsedatetime64\w*|parsedatetime(or\w+|injoda\w*)?)$/, [2]],
  [/^(toweek|week|yearweek|toyearweek|tostartofweek|tolastdayofweek|todayofweek|dayofweek|tumble\w*)$/, [2]],
  [/^(tostartofinterval|time_bucket|date_bin|windowid)$/, [2, 3]],
  [/^makedatetime$/, [6]],
  [/^makedatetime64$/, [6, 7, 8]],
  [/^todatetimeordefault$/, [1]],
];

/** Arithmetic on dates, which knows no zone. */
const withoutZone = /^(add|sub|change|timediff|makedate(32)?$|yyyymmddtodate)/;
const ofTime = /date|time|^tostring$|^ulid|snowflake|uuidv7/;

const withZone: ReadonlySet<string> = new Set(
  [...timeFunctions, ...conversionFunctions.filter((name) => ofTime.test(name.toLowerCase()))]
    .map((name) => name.toLowerCase())
    .filter((name) => !withoutZone.test(name)),
);

/** What gives a number, a time or the server's own zone, and never a text that was put together. */
const harmless =
  /^(timezone|servertimezone|now(64)?|today|yesterday|plus|minus|multiply|divide|intdiv|negate|add\w+|subtract\w+|makedate\w*|todate\w*|tostartof\w+|tointerval\w+|tou?int\d+|parsedatetime\w*)$/;

const isText = (node: TreeNode | undefined): boolean => node?.kind === "Literal";

/** A text, a number, a parameter (`_CAST` of its text), or what is never a text. */
const isPlain = (node: TreeNode): boolean =>
  isText(node) ||
  (node.kind === "Function" &&
    (harmless.test(node.name.toLowerCase()) || (node.name === "_CAST" && isText(node.children[0]?.children[0]))));

const zoneArguments = (name: string, given: ReadonlyArray<TreeNode>): ReadonlyArray<TreeNode> => {
  const places = zonePlaces.find(([names]) => names.test(name))?.[1];
  return given.filter((_, place) => (places === undefined ? place > 0 : places.includes(place)));
};

const typePlaces: ReadonlyArray<readonly [names: RegExp, place: number]> = [
  [/^(_?cast|accuratecast\w*|reinterpret|dynamicelement|variantelement)$/, 1],
  [/^defaultvalueoftypename$/, 0],
  [/^jsonextract(caseinsensitive|keysandvalues\w*)?$/, -1],
];

/** A type is read once more: what is escaped in it would be another text then. */
const typeRefusal = (name: string, given: ReadonlyArray<TreeNode>): string | undefined => {
  const place = typePlaces.find(([names]) => names.test(name))?.[1];
  const type = place === undefined || given.length < 2 ? undefined : given.at(place);
  if (type === undefined || (isText(type) && !type.name.includes("\\\\"))) return undefined;
  return `${name} takes a type as a plain text here, such as 'Float64'`;
};

/** Why the arguments of a function may not stand there; undefined where they may. */
export const zonePlaceRefusal = (node: TreeNode): string | undefined => {
  const given = node.children[0]?.children ?? [];
  const name = node.name.toLowerCase();
  const wrong = withZone.has(name) ? zoneArguments(name, given).find((each) => !isPlain(each)) : undefined;
  return wrong === undefined
    ? typeRefusal(name, given)
    : `${node.name} takes a time zone as a plain text here, such as 'Europe/Bucharest', or as a parameter`;
};
