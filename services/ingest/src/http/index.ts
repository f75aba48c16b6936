export { type DoorLimits, type DoorOptions, registerDoor } from "./door.ts";
export type { DoorResult, PlaceOptions } from "./place-events.ts";
