/** A value as the tables here hold it. */
export type Value = string | number | null;

/**
 * Reads a block of ClickHouse's Native format back into rows, for the column types of the tables that a simulation
 * keeps. Throws on any other.
 */
export const nativeRows = (pieces: ReadonlyArray<Uint8Array>): ReadonlyArray<ReadonlyMap<string, Value>> => {
  const reader = new NativeReader(Buffer.concat(pieces));
  const columns = reader.varint();
  const count = reader.varint();
  const rows = Array.from({ length: count }, () => new Map<string, Value>());
  for (let column = 0; column < columns; column += 1) {
    const name = reader.text();
    const type = reader.text();
    const inner = /^Nullable\((.*)\)$/.exec(type)?.[1];
    const nulls = inner === undefined ? undefined : reader.bytes(count);
    const read = reader.valueOf(inner ?? type);
    rows.forEach((row, n) => {
      const value = read();
      row.set(name, nulls?.[n] === 1 ? null : value);
    });
  }
  return rows;
};

class NativeReader {
  private readonly buffer: Buffer;
  private at = 0;

  constructor(buffer: Buffer) {
    this.buffer = buffer;
  }

  varint(): number {
    let [value, scale] = [0, 1];
    for (;;) {
      const byte = this.buffer[this.at++] ?? 0;
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
      scale *= 128;
    }
  }

  text(): string {
    const length = this.varint();
    this.at += length;
    return this.buffer.toString("utf8", this.at - length, this.at);
  }

  bytes(length: number): Buffer {
    this.at += length;
    return this.buffer.subarray(this.at - length, this.at);
  }

  /** What reads one value of a type after another. */
  valueOf(type: string): () => Value {
    if (type === "String") return () => this.text();
    if (type === "UInt8") return () => this.buffer[this.at++] ?? 0;
    if (type === "Int32") return () => this.fixed(4, (at) => this.buffer.readInt32LE(at));
    if (type === "Float64") return () => this.fixed(8, (at) => this.buffer.readDoubleLE(at));
    if (type === "Int64" || type.startsWith("DateTime64")) {
      return () => this.fixed(8, (at) => Number(this.buffer.readBigInt64LE(at)));
    }
    if (!type.startsWith("Enum8(")) throw new Error(`a simulated table has no column of type ${type}`);
    const names = new Map([...type.matchAll(/'([^']*)' = (\d+)/g)].map(([, name = "", n]) => [Number(n), name]));
    return () => names.get(this.buffer[this.at++] ?? 0) ?? null;
  }

  private fixed(length: number, read: (at: number) => number): number {
    this.at += length;
    return read(this.at - length);
  }
}
