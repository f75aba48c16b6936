const firstBytes = 64;

/** A set of offsets of one partition: one bit for each offset up to the highest. */
export class OffsetSet {
  private bits = new Uint8Array(firstBytes);

  add(offset: number): void {
    const at = Math.floor(offset / 8);
    if (at >= this.bits.length) {
      const grown = new Uint8Array(Math.max(at + 1, this.bits.length * 2));
      grown.set(this.bits);
      this.bits = grown;
    }
    this.bits[at] = (this.bits[at] ?? 0) | (1 << (offset % 8));
  }

  has(offset: number): boolean {
    return ((this.bits[Math.floor(offset / 8)] ?? 0) & (1 << (offset % 8))) !== 0;
  }

  /** How many of these offsets the other set lacks. */
  countWithout(other: OffsetSet | undefined): number {
    let count = 0;
    for (let at = 0; at < this.bits.length; at += 1) {
      for (let rest = (this.bits[at] ?? 0) & ~(other?.bits[at] ?? 0); rest !== 0; rest &= rest - 1) count += 1;
    }
    return count;
  }
}
