/** How patiently a receiver is tried. */
export interface DeliveryPolicy {
  /** A pause is drawn between 0 and this, which doubles with each failure in a row up to `pauseMsMax`. */
  readonly pauseMsFirst: number;
  readonly pauseMsMax: number;
  /** From when a notification was planned; then it goes to the dead letters. */
  readonly giveUpMs: number;
  /** Groups of one receiver that are sent to side by side; within a group one follows the other. */
  readonly groupsAtOnce: number;
  /** Notifications that may wait for one receiver. */
  readonly waitingMax: number;
}

export const defaultDeliveryPolicy: DeliveryPolicy = {
  pauseMsFirst: 1000,
  pauseMsMax: 300_000,
  giveUpMs: 86_400_000,
  groupsAtOnce: 4,
  waitingMax: 10_000,
};

/**
 * Full jitter: anywhere between nothing and the doubled limit, so that what failed together does not come back together
 * (AWS Architecture Blog, "Exponential Backoff and Jitter"). `failures` counts from 1; `chance` lies in [0, 1).
 */
export const pauseMsAfter = (
  failures: number,
  chance: number,
  { pauseMsFirst, pauseMsMax }: Pick<DeliveryPolicy, "pauseMsFirst" | "pauseMsMax">,
): number => Math.floor(chance * Math.min(pauseMsMax, pauseMsFirst * 2 ** Math.min(failures - 1, 30)));
