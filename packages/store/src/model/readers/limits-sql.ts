import type { StoreLayout } from "../layout.ts";
import {
  type LimitSetting,
  liftedBetweenServers,
  limitSettings,
  quotaLimits,
  type ReaderLimits,
} from "./reader-limits.ts";
import { textLiteral } from "./text-literal.ts";

const settingSql = (layout: StoreLayout, setting: LimitSetting): string => {
  const { name, value } = setting;
  const isFixed = layout._tag === "cluster" && liftedBetweenServers.has(name);
  const change = isFixed ? undefined : setting.change;
  const set = value === undefined ? "" : ` = ${typeof value === "string" ? textLiteral(value) : value}`;
  const range = change === "downwards" ? ` MIN 1 MAX ${value}` : "";
  return `${name}${set}${range}${change === undefined ? "" : " CHANGEABLE_IN_READONLY"}`;
};

/** What stands after SETTINGS of a reader's profile. */
export const profileSql = (layout: StoreLayout, limits: ReaderLimits): string =>
  limitSettings(limits)
    .map((setting) => settingSql(layout, setting))
    .join(", ");

/** What stands behind the name of a quota that counts each of its users alone. */
export const quotaSql = (of: ReaderLimits): string => {
  const limits = quotaLimits(of).map(([what, most]) => `${what} = ${most}`);
  return `KEYED BY user_name FOR INTERVAL 1 hour MAX ${limits.join(", ")}`;
};
