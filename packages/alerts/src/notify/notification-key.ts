import { hash } from "node:crypto";

/** 128 bits, in letters that any header takes. */
const keyOf = (parts: ReadonlyArray<unknown>): string =>
  `ntf_${hash("sha256", JSON.stringify(parts), "hex").slice(0, 32)}`;

/** The key under which one receiver is told of these transitions, whoever plans it. */
export const changedKeyOf = (receiver: string, groupKey: string, transitions: ReadonlyArray<string>): string =>
  keyOf(["changed", receiver, groupKey, [...transitions].sort()]);

/** Of the repeat that follows the notification with this key. */
export const repeatedKeyOf = (receiver: string, groupKey: string, formerKey: string): string =>
  keyOf(["repeated", receiver, groupKey, formerKey]);

/** Of the dead letter with this key, when it is sent again. */
export const resentKeyOf = (formerKey: string): string => keyOf(["resent", formerKey]);
