export { registerDoor } from "./door.ts";
export {
  type DoorLimits,
  type DoorOptions,
  type DoorOutcome,
  type DoorRequest,
  doorOutcomes,
} from "./door-options.ts";
export type { DoorReason, DoorResult, PlaceOptions } from "./place-events.ts";
export { type SourceKey, unguardedDoor } from "./source-keys.ts";
