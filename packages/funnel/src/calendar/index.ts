export * from "./business-hours.ts";
export * from "./civil-day.ts";
export * from "./fiscal.ts";
export * from "./iso-week.ts";
export * from "./zone-calendar.ts";
