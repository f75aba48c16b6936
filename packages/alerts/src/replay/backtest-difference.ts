import type { BacktestAlert } from "./backtest-alert.ts";

/** An alert that both versions raise, at other times. */
export interface MovedAlert {
  readonly here: BacktestAlert;
  readonly there: BacktestAlert;
  /** How much later the other version fires, and resolves; null where one of them does not resolve. */
  readonly fires_later_ms: number;
  readonly resolves_later_ms: number | null;
}

/** What changes from one version of a rule to another. */
export interface BacktestDifference {
  readonly both: number;
  readonly only_here: ReadonlyArray<BacktestAlert>;
  readonly only_there: ReadonlyArray<BacktestAlert>;
  readonly moved: ReadonlyArray<MovedAlert>;
}

const endMs = (alert: BacktestAlert): number => alert.resolved_at_ms ?? Number.POSITIVE_INFINITY;

const overlaps = (a: BacktestAlert, b: BacktestAlert): boolean =>
  a.fired_at_ms <= endMs(b) && b.fired_at_ms <= endMs(a);

const movedOf = (here: BacktestAlert, there: BacktestAlert): MovedAlert => ({
  here,
  there,
  fires_later_ms: there.fired_at_ms - here.fired_at_ms,
  resolves_later_ms:
    here.resolved_at_ms === null || there.resolved_at_ms === null ? null : there.resolved_at_ms - here.resolved_at_ms,
});

const isMoved = ({ here, there, fires_later_ms }: MovedAlert): boolean =>
  fires_later_ms !== 0 || here.resolved_at_ms !== there.resolved_at_ms;

/** Two firings are the same alert where it is of the same group or entity and the two have an instant in common. */
export const backtestDifference = (
  here: ReadonlyArray<BacktestAlert>,
  there: ReadonlyArray<BacktestAlert>,
): BacktestDifference => {
  const left = Map.groupBy(there, (alert) => alert.fingerprint);
  const pairs: MovedAlert[] = [];
  const onlyHere = here.filter((alert) => {
    const candidates = left.get(alert.fingerprint) ?? [];
    const at = candidates.findIndex((other) => overlaps(alert, other));
    const other = candidates[at];
    if (other === undefined) return true;
    candidates.splice(at, 1);
    pairs.push(movedOf(alert, other));
    return false;
  });
  const unmatched = new Set([...left.values()].flat());
  return {
    both: pairs.length,
    only_here: onlyHere,
    only_there: there.filter((alert) => unmatched.has(alert)),
    moved: pairs.filter(isMoved),
  };
};
