export * from "./business-hours.ts";
export * from "./civil-day.ts";
export * from "./fiscal.ts";
export * from "./iso-week.ts";
export { monthsLater } from "./months-later.ts";
export * from "./zone-calendar.ts";
