import { Fault } from "./decode-fault.ts";
import type { FlatEvent } from "./flat-event.ts";
import { type FlatPlan, flatPlan } from "./flat-plan.ts";
import { FlatReader } from "./flat-reader.ts";
import { LineCursor } from "./line-cursor.ts";
import { derivedRegistry, type SchemaRegistry } from "./schema-registry.ts";
import { frameId, frameLength } from "./wire.ts";

/**
 * Decodes framed events into a FlatEvent by the schema that each was written with; the plan of a schema is compiled
 * when it is first seen. Checks everything that decides where fields lie, and that texts are UTF-8 without NUL; what
 * values mean is checked by `checkFlat`.
 */
export class FlatDecoder {
  private readonly registry: SchemaRegistry;
  private readonly plans = new Map<number, FlatPlan>();
  private readonly reader = new FlatReader();
  private readonly lines = new LineCursor();
  private lastId = -1;
  private lastPlan: FlatPlan | null = null;

  constructor(registry: SchemaRegistry) {
    this.registry = registry;
  }

  /** Decodes the record between `start` and `end` into `into`; answers 0, or a code of `Fault`. */
  decode(bytes: Buffer, start: number, end: number, into: FlatEvent): number {
    const id = frameId(bytes, start, end);
    if (id < 0) return this.refuse(into, Fault.notFramed);
    const plan = id === this.lastId ? this.lastPlan : this.planOf(id);
    if (plan === null) return this.refuse(into, Fault.unknownSchema);
    // What a plan leaves untouched is still clear from the last event of the same schema.
    if (into.schemaId !== id) into.clear();
    const reader = this.reader;
    reader.reset(bytes, start + frameLength, end);
    if (into.bytes !== bytes) {
      into.bytes = bytes;
      into.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    }
    into.bodyStart = start + frameLength;
    into.bodyEnd = end;
    into.schemaId = id;
    into.type = plan.type;
    const done =
      plan.lineOps === null
        ? reader.run(plan.ops, plan.symbols, into.start, into.end, into.numbers, into.small)
        : this.withLines(plan, plan.lineOps, into);
    if (!done) return this.refuse(into, reader.fault);
    return reader.at === end ? Fault.none : this.refuse(into, Fault.trailingBytes);
  }

  private withLines(plan: FlatPlan, lineOps: Int32Array, into: FlatEvent): boolean {
    const reader = this.reader;
    into.lineOps = lineOps;
    if (!reader.run(plan.beforeLines, plan.symbols, into.start, into.end, into.numbers, into.small)) return false;
    into.linesStart = reader.at;
    into.linesCount = this.lines.walk(reader, lineOps);
    if (reader.fault !== Fault.none) return false;
    return reader.run(plan.ops, plan.symbols, into.start, into.end, into.numbers, into.small);
  }

  private refuse(into: FlatEvent, fault: number): number {
    into.clear();
    return fault;
  }

  private planOf(id: number): FlatPlan | null {
    let plan = this.plans.get(id) ?? null;
    if (plan === null) {
      const writer = this.registry.byId(id);
      plan = writer === undefined ? null : flatPlan(writer);
      if (plan !== null) this.plans.set(id, plan);
    }
    this.lastId = plan === null ? -1 : id;
    this.lastPlan = plan;
    return plan;
  }
}

const decoder = new FlatDecoder(derivedRegistry);

/** Decodes with the ids derived from `schemas/`; see FlatDecoder.decode. */
export const decodeFlat = (bytes: Buffer, start: number, end: number, into: FlatEvent): number =>
  decoder.decode(bytes, start, end, into);
