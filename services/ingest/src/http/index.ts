export { registerDoor } from "./door.ts";
export type {
  DoorLimits,
  DoorOptions,
  DoorOutcome,
  DoorRequest,
} from "./door-options.ts";
export type { DoorReason, DoorResult, PlaceOptions } from "./place-events.ts";
export { type SourceKey, unguardedDoor } from "./source-keys.ts";
