import { longMax, longMin } from "./avro-type.ts";
import { Fault } from "./decode-fault.ts";
import { nullSecondFlag, Op, optionalFlag, opWidth } from "./flat-plan.ts";
import { utf8Fault } from "./utf8-span.ts";

const highWord = 2 ** 28;
const doubles = new DataView(new ArrayBuffer(8));

/**
 * Walks Avro bytes by a plan, without creating anything. After a fault `fault` is set, the position is at the end and
 * what was written is meaningless. Never reads outside `at` … `end`.
 */
export class FlatReader {
  bytes: Buffer = Buffer.alloc(0);
  at = 0;
  end = 0;
  fault: number = Fault.none;

  reset(bytes: Buffer, start: number, end: number): void {
    this.bytes = bytes;
    this.at = start;
    this.end = end;
    this.fault = Fault.none;
  }

  /** Runs a plan's operations once; false after a fault. */
  run(
    ops: Int32Array,
    symbols: Int32Array,
    starts: Int32Array,
    ends: Int32Array,
    numbers: Float64Array,
    small: Int32Array,
  ): boolean {
    for (let index = 0; index < ops.length; index += opWidth) {
      let op = ops[index]!;
      const place = ops[index + 1]!;
      if (op >= optionalFlag) {
        if (this.isNull(op)) {
          op &= optionalFlag - 1;
          if (op <= Op.bytes) starts[place] = -1;
          else if (op <= Op.float) numbers[place] = Number.NaN;
          else small[place] = -1;
          continue;
        }
        op &= optionalFlag - 1;
      }
      if (!this.value(op, place, ops[index + 2]!, ops[index + 3]!, symbols, starts, ends, numbers, small)) return false;
    }
    return true;
  }

  /** A zigzag int within ±2^31, for lengths, counts and indices; -1 after a fault. */
  int(): number {
    if (this.at < this.end) {
      const byte = this.bytes[this.at]!;
      if (byte < 0x80) {
        this.at++;
        return (byte >>> 1) ^ -(byte & 1);
      }
    }
    return this.longInt();
  }

  /** Keeps the first fault and goes to the end, where whatever follows fails too. Always false. */
  fail(fault: number): false {
    if (this.fault === Fault.none) this.fault = fault;
    this.at = this.end;
    return false;
  }

  private value(
    op: number,
    place: number,
    symbolsAt: number,
    symbolCount: number,
    symbols: Int32Array,
    starts: Int32Array,
    ends: Int32Array,
    numbers: Float64Array,
    small: Int32Array,
  ): boolean {
    switch (op) {
      case Op.text:
        return this.text(starts, ends, place, true);
      case Op.bytes:
        return this.text(starts, ends, place, false);
      case Op.long:
      case Op.int:
        return this.long(numbers, place);
      case Op.double:
        return this.double(numbers, place);
      case Op.float:
        return this.float(numbers, place);
      case Op.boolean:
        return this.boolean(small, place);
      default:
        return this.enumeration(symbols, symbolsAt, symbolCount, small, place);
    }
  }

  private longInt(): number {
    let value = 0;
    let at = this.at;
    for (let shift = 0; shift < 35; shift += 7) {
      if (at >= this.end) {
        this.fail(Fault.truncated);
        return -1;
      }
      const byte = this.bytes[at++]!;
      if (shift === 28 && byte > 0x0f) break;
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) {
        this.at = at;
        return (value >>> 1) ^ -(value & 1);
      }
    }
    this.fail(Fault.badLength);
    return -1;
  }

  private isNull(op: number): boolean {
    const branch = this.at < this.end ? this.bytes[this.at++]! : -1;
    if (branch !== 0 && branch !== 2) {
      this.fail(branch < 0 ? Fault.truncated : Fault.badBranch);
      return false;
    }
    return (branch === 2) === ((op & nullSecondFlag) !== 0);
  }

  private text(starts: Int32Array, ends: Int32Array, place: number, isText: boolean): boolean {
    const length = this.int();
    const start = this.at;
    const end = start + length;
    if (length < 0) return this.fail(Fault.badLength);
    if (end > this.end) return this.fail(Fault.truncated);
    this.at = end;
    starts[place] = start;
    ends[place] = end;
    if (!isText) return true;
    const bytes = this.bytes;
    for (let at = start; at < end; at++) {
      // 1 to 127 is most of what there is: anything else is looked at closely.
      const byte = bytes[at]!;
      if (byte >= 0x80 || byte === 0) {
        const fault = utf8Fault(bytes, at, end);
        return fault === Fault.none || this.fail(fault);
      }
    }
    return true;
  }

  private long(numbers: Float64Array, place: number): boolean {
    const bytes = this.bytes;
    let at = this.at;
    let low = 0;
    let shift = 0;
    for (; shift < 28; shift += 7) {
      if (at >= this.end) return this.fail(Fault.truncated);
      const byte = bytes[at++]!;
      low |= (byte & 0x7f) << shift;
      if (byte < 0x80) {
        this.at = at;
        numbers[place] = (low >>> 1) ^ -(low & 1);
        return true;
      }
    }
    // The zigzag's sign is the lowest bit; above 28 bits the value is put together from two halves.
    let high = 0;
    for (shift = 0; shift < 28; shift += 7) {
      if (at >= this.end) return this.fail(Fault.truncated);
      const byte = bytes[at++]!;
      high |= (byte & 0x7f) << shift;
      if (byte < 0x80) {
        this.at = at;
        const magnitude = (high * highWord + (low & ~1)) / 2;
        const value = low & 1 ? -magnitude - 1 : magnitude;
        if (magnitude > longMax || value < longMin) return this.fail(Fault.badNumber);
        numbers[place] = value;
        return true;
      }
    }
    return this.fail(Fault.badNumber);
  }

  private double(numbers: Float64Array, place: number): boolean {
    const at = this.at;
    if (at + 8 > this.end) return this.fail(Fault.truncated);
    const bytes = this.bytes;
    for (let index = 0; index < 8; index++) doubles.setUint8(index, bytes[at + index]!);
    const value = doubles.getFloat64(0, true);
    if (!Number.isFinite(value)) return this.fail(Fault.badNumber);
    this.at = at + 8;
    numbers[place] = value;
    return true;
  }

  private float(numbers: Float64Array, place: number): boolean {
    const at = this.at;
    if (at + 4 > this.end) return this.fail(Fault.truncated);
    const bytes = this.bytes;
    for (let index = 0; index < 4; index++) doubles.setUint8(index, bytes[at + index]!);
    const value = doubles.getFloat32(0, true);
    if (!Number.isFinite(value)) return this.fail(Fault.badNumber);
    this.at = at + 4;
    numbers[place] = value;
    return true;
  }

  private boolean(small: Int32Array, place: number): boolean {
    if (this.at >= this.end) return this.fail(Fault.truncated);
    const byte = this.bytes[this.at++]!;
    if (byte > 1) return this.fail(Fault.badBoolean);
    small[place] = byte;
    return true;
  }

  private enumeration(symbols: Int32Array, offset: number, count: number, small: Int32Array, place: number): boolean {
    const index = this.int();
    const symbol = index >= 0 && index < count ? symbols[offset + index]! : -1;
    if (symbol < 0) return this.fail(Fault.badEnum);
    small[place] = symbol;
    return true;
  }
}
