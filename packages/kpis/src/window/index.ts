export * from "./instant-text.ts";
export * from "./parse-window.ts";
export * from "./period.ts";
export * from "./place-window.ts";
export * from "./window.ts";
