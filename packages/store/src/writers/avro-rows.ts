import type { NativeBlock } from "../native-block.ts";
import { Move, type Step } from "./avro-plan.ts";

const tooShort = "a derived record ends too early";

/**
 * Writes records into a block straight from their Avro bytes: no string and no object per field. For records that this
 * engine wrote; a throw leaves the block unusable until it is cleared.
 */
export class AvroRows {
  private readonly block: NativeBlock;
  private readonly steps: ReadonlyArray<Step>;

  constructor(block: NativeBlock, steps: ReadonlyArray<Step>) {
    this.block = block;
    this.steps = steps;
  }

  /** Adds the record whose Avro bytes stand there, without their frame, as a row. */
  add(bytes: Buffer, start: number, end: number): void {
    const row = this.block.openRow();
    const { steps } = this;
    let at = start;
    for (let index = 0; index < steps.length; index += 1) at = move(steps[index] as Step, row, bytes, at, end);
    // Numbers are read without a look at the end: here shows whether they went past it.
    if (at > end) throw new Error(tooShort);
    if (at < end) throw new Error(`a derived record has ${end - at} bytes more than its schema says`);
    this.block.closeRow();
  }
}

/** One field; answers where the next begins. */
const move = (step: Step, row: number, bytes: Buffer, at: number, end: number): number => {
  const { column } = step;
  switch (step.move) {
    case Move.text:
      return text(step, bytes, at, end);
    case Move.int64:
      return column.values.zigZag64(bytes, at);
    case Move.nullableInt64:
      return isNull(bytes, at) ? at + 1 : column.valueAt(row).zigZag64(bytes, at + 1);
    case Move.int32:
      return column.values.zigZag32(bytes, at);
    case Move.nullableInt32:
      return isNull(bytes, at) ? at + 1 : column.valueAt(row).zigZag32(bytes, at + 1);
    case Move.int32OrElse:
      if (!isNull(bytes, at)) return column.values.zigZag32(bytes, at + 1);
      column.values.int32(step.whenNull);
      return at + 1;
    case Move.boolean:
      column.values.uint8(bytes[at] === 1 ? 1 : 0);
      return at + 1;
    case Move.double:
      column.values.eightBytes(bytes, at);
      return at + 8;
    default:
      return enumeration(step, bytes, at);
  }
};

const text = ({ column }: Step, bytes: Buffer, at: number, end: number): number => {
  let start = at + 1;
  let length = bytes[at] as number;
  if (length > 0x7f) {
    const second = bytes[start++] as number;
    length = (length & 0x7f) | ((second & 0x7f) << 7);
    if (second > 0x7f) {
      const third = bytes[start++] as number;
      if (third > 0x7f) throw new Error("a derived record holds a text of more than 1 MB");
      length |= third << 14;
    }
  }
  const next = start + (length >>> 1);
  if ((length & 1) === 1 || next > end) throw new Error(tooShort);
  column.values.span(bytes, start, next);
  return next;
};

const isNull = (bytes: Buffer, at: number): boolean => {
  const branch = bytes[at];
  if (branch !== 0 && branch !== 2) throw new Error(`a derived record has branch byte ${branch} of a union of two`);
  return branch === 0;
};

const enumeration = ({ move, column, values, texts }: Step, bytes: Buffer, at: number): number => {
  const byte = bytes[at] as number;
  const symbol = texts[byte >>> 1];
  if ((byte & 1) === 1 || symbol === undefined) {
    throw new Error(`a derived record has byte ${byte} for ${column.name}: expected one of ${texts.join(", ")}`);
  }
  if (move === Move.enumText) column.values.span(symbol, 0, symbol.length);
  else column.values.uint8(values[byte >>> 1] as number);
  return at + 1;
};
