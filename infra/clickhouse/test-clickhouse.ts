import type { ClickHouseAddress } from "../../packages/store/src/index.ts";

/** A ClickHouse for tests, spoken to over HTTP whatever it is. */
export interface TestClickHouse {
  readonly address: ClickHouseAddress;
  /** Others may use it too, and what a test leaves on it stays. */
  readonly isGiven: boolean;
  /** Ends a server of our own and removes its data; leaves a given one as it is. */
  readonly stop: () => Promise<void>;
}
