import { type Either, isLeft, left, right } from "fp-ts/lib/Either.js";
import type { TaskEither } from "fp-ts/lib/TaskEither.js";
import type { Store } from "../store.ts";
import type { StoreFault } from "../store-fault.ts";

/** Year and month of the oldest ClickHouse that the tests run on; an older one may merge or cast otherwise. */
const oldestVersion: readonly [year: number, month: number] = [26, 7];

/** Why a server of this version (as its function `version` gives it) is not used; undefined where it is. */
export const versionFault = (found: string): StoreFault | undefined => {
  const [year = 0, month = 0] = found.split(".").map(Number);
  const [oldestYear, oldestMonth] = oldestVersion;
  if (year > oldestYear || (year === oldestYear && month >= oldestMonth)) return undefined;
  return {
    _tag: "Rejected",
    code: 0,
    name: "OLD_VERSION",
    detail: `the server is ClickHouse ${found}, and Leadwire is tested with ${oldestVersion.join(".")} and later: upgrade the server`,
  };
};

/** Refuses a server older than what is tested, before anything is made on it. */
export const checkVersion =
  (store: Store): TaskEither<StoreFault, void> =>
  async (): Promise<Either<StoreFault, void>> => {
    const answer = await store.rows("SELECT version()")();
    if (isLeft(answer)) return answer;
    const fault = versionFault(String(answer.right[0]?.[0]));
    return fault === undefined ? right(undefined) : left(fault);
  };
