import type { AlertChanged } from "@leadwire/events";

/**
 * Where an alert stands: what its newest record says. Nothing that decides on alerts is kept beside the log, but for what
 * the evaluators see anew whenever they start (`Sight`).
 */
export interface AlertState {
  readonly record: AlertChanged;
  /** Of the record in its episode: 0 for the first. */
  readonly ordinal: number;
}

/** The id of a transition: the same wherever it is decided from the same state. */
export const transitionIdOf = (
  { rule, fingerprint, started_at }: Pick<AlertChanged, "rule" | "fingerprint" | "started_at">,
  ordinal: number,
): string => `${rule}/${fingerprint}/${started_at}/${ordinal}`;

/** The state after a record. Throws where its id was made otherwise. */
export const stateAfter = (record: AlertChanged): AlertState => {
  const ordinal = Number(record.transition_id.slice(record.transition_id.lastIndexOf("/") + 1));
  if (!Number.isSafeInteger(ordinal) || ordinal < 0)
    throw new Error(`The transition "${record.transition_id}" has no ordinal at its end.`);
  return { record, ordinal };
};

/** Pending or firing: its episode goes on. */
export const isAlive = ({ status }: Pick<AlertChanged, "status">): boolean =>
  status === "pending" || status === "firing";
