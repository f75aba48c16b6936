/** Reads Avro binary that this engine wrote; what does not fit throws, since derived topics hold nothing foreign. */
export class AvroReader {
  buffer: Buffer = Buffer.alloc(0);
  at = 0;
  private end = 0;

  reset(buffer: Buffer, start: number, end: number): void {
    this.buffer = buffer;
    this.at = start;
    this.end = end;
  }

  byte(): number {
    if (this.at >= this.end) throw new Error("a derived record ends too early");
    return this.buffer[this.at++] as number;
  }

  boolean(): boolean {
    return this.byte() === 1;
  }

  long(): number {
    let byte = this.byte();
    let value = byte & 0x7f;
    for (let scale = 128; byte > 0x7f; scale *= 128) {
      byte = this.byte();
      value += (byte & 0x7f) * scale;
    }
    // The last bit is the sign; a value that doubles past 2^53 does not occur (amounts and times are below 2^50).
    const half = Math.floor(value / 2);
    return value % 2 === 0 ? half : -half - 1;
  }

  optionalLong(): number | null {
    return this.byte() === 0 ? null : this.long();
  }

  skipText(): void {
    const length = this.long();
    this.at += length;
    if (this.at > this.end) throw new Error("a derived record ends too early");
  }

  double(): number {
    const value = this.buffer.readDoubleLE(this.at);
    this.at += 8;
    return value;
  }

  text(): string {
    const length = this.long();
    const start = this.at;
    this.at += length;
    if (this.at > this.end) throw new Error("a derived record ends too early");
    return length < 24 ? shortText(this.buffer, start, this.at) : this.buffer.toString("utf8", start, this.at);
  }
}

/** Short ASCII texts are made faster in JavaScript than over the border to the engine. */
const shortText = (buffer: Buffer, start: number, end: number): string => {
  let text = "";
  for (let i = start; i < end; i += 1) {
    const unit = buffer[i] as number;
    if (unit > 0x7f) return buffer.toString("utf8", start, end);
    text += String.fromCharCode(unit);
  }
  return text;
};
