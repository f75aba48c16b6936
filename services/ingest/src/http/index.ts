export { type DoorLimits, type DoorOptions, defaultDoorLimits, registerDoor } from "./door.ts";
export type { DoorResult, PlaceOptions } from "./place-events.ts";
