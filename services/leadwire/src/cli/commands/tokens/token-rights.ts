import { dimensions } from "@leadwire/funnel";
import { filterOf } from "../../../access/sql-grant.ts";
import { wrongUsage } from "../../context.ts";

const tokenRights = ["view", "edit", "sql"] as const;

const isRight = (text: string): boolean => tokenRights.some((right) => right === text);

export const seesBoards = (can: ReadonlyArray<string>): boolean => can.includes("view") || can.includes("edit");

/** `view,sql`; each right once. */
export const checkedRights = (text: string): ReadonlyArray<string> => {
  const rights = [...new Set(text.split(",").map((right) => right.trim()))];
  const stranger = rights.find((right) => !isRight(right));
  if (stranger === undefined) return rights;
  throw wrongUsage(`--can: expected ${tokenRights.join(", ")}, or several with commas, found "${stranger}".`);
};

/** The filters of --where, as they were written. */
export const checkedWhere = (texts: ReadonlyArray<string>, can: ReadonlyArray<string>): ReadonlyArray<string> => {
  const wrong = texts.find((text) => filterOf(text) === undefined);
  if (wrong !== undefined)
    throw wrongUsage(
      `--where: expected DIMENSION=VALUE, such as team=North, found "${wrong}". The dimensions are ${dimensions.join(", ")}.`,
    );
  if (texts.length === 0) return [];
  if (seesBoards(can))
    throw wrongUsage(
      "--where holds SQL to some rows, and boards show the whole company: say --can sql, and make another token for boards.",
    );
  return [...new Set(texts)];
};
