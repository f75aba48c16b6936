import type { QuarantineReason } from "@leadwire/events";
import { type Refusal, refusal } from "./refusal.ts";

/** The row being placed: its fields, and the first fault found in it. One is reused for a whole file. */
export class ImportRow {
  fields: ReadonlyArray<string> = [];
  fault: Refusal | null = null;

  begin(fields: ReadonlyArray<string>): void {
    this.fields = fields;
    this.fault = null;
  }

  /** Keeps the first fault: it is the one nearest to the cause. */
  refuse(reason: QuarantineReason, detail: string): void {
    this.fault ??= refusal(reason, detail);
  }
}
