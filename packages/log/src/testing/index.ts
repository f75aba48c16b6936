export { eventLogContract } from "./contract.ts";
export { type LogUnderTest, type ReadRecord, readRecords } from "./log-under-test.ts";
