export { type CallerOf, goneOf, isForEndpoint, SqlEndpoint, sendAnswer } from "./endpoint.ts";
export { judgeWith } from "./judge-ask.ts";
export { queryBytesMax } from "./request-body.ts";
export { isForeign } from "./request-origin.ts";
export type { SqlAsk } from "./sql-ask.ts";
export { type SqlCaller, SqlDoor } from "./sql-door.ts";
export { type SqlRefusal, statusOfCode } from "./sql-refusal.ts";
