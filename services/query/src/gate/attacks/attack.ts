/**
 * Statements that must not get through, by who stops them. `both`: the gate and ClickHouse, each without the other.
 * `gate`: an embedded ClickHouse would answer them (some only tell what is better not told). `limits`: the gate sees nothing
 * wrong in them, and ClickHouse ends them at the reader's limits, or with an error that tells no more than it should.
 */
export interface AttackSet {
  readonly name: string;
  readonly both: ReadonlyArray<string>;
  readonly gate: ReadonlyArray<string>;
  readonly limits: ReadonlyArray<string>;
}
