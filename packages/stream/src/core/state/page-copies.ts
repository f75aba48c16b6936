const slabBytesMin = 16_384;
const slabBytesMax = 1_048_576;
/** Slabs kept for the next captures: what one commit holds at a time. */
const freeMax = 32;

/** Shared by all tasks of a process: they are captured one after the other. */
const free: Array<Buffer> = [];

/**
 * Copies of pages, side by side in larger buffers: a buffer for each costs the collector more than the page does. Who
 * has written the copies away may give their memory back, for the next capture.
 */
export class PageCopies {
  private readonly slabs: Array<Buffer> = [];
  private slab: Buffer = Buffer.alloc(0);
  private at = 0;

  copy(bytes: Uint8Array): Buffer {
    if (this.at + bytes.length > this.slab.length) this.takeSlab();
    const copied = this.slab.subarray(this.at, this.at + bytes.length);
    copied.set(bytes);
    this.at += bytes.length;
    return copied;
  }

  /** The copies are gone from here on. Once only. */
  release(): void {
    for (const slab of this.slabs.splice(0)) {
      if (slab.length === slabBytesMax && free.length < freeMax) free.push(slab);
    }
  }

  private takeSlab(): void {
    const bytes = Math.max(slabBytesMin, Math.min(this.slab.length * 2, slabBytesMax));
    this.slab = (bytes === slabBytesMax ? free.pop() : undefined) ?? Buffer.allocUnsafeSlow(bytes);
    this.slabs.push(this.slab);
    this.at = 0;
  }
}
