/** Room for a batch of a megabyte and the record that took it over. */
const pieceBytes = 1_114_112;
/** Smaller batches are not worth a piece. */
const pooledBytesMin = 65_536;

/**
 * Buffers for batches, used again and again: fresh megabytes for each batch make the collector run through the whole
 * heap for every 64 of them. Who gave a batch away gives it back when nobody reads it any more.
 */
export class BatchPool {
  private readonly free: Array<Buffer> = [];
  private readonly freeMax: number;

  constructor(keptBytesMax = 32 * 1_048_576) {
    this.freeMax = Math.floor(keptBytesMax / pieceBytes);
  }

  /** A buffer of exactly that length, with anything in it. */
  take(bytes: number): Buffer {
    if (bytes < pooledBytesMin || bytes > pieceBytes) return Buffer.allocUnsafeSlow(bytes);
    const piece = this.free.pop() ?? Buffer.allocUnsafeSlow(pieceBytes);
    return piece.subarray(0, bytes);
  }

  /** Takes back what `take` gave out; to be called once. */
  giveBack(batch: Buffer): void {
    const { buffer } = batch;
    if (buffer.byteLength !== pieceBytes || !(buffer instanceof ArrayBuffer) || this.free.length >= this.freeMax)
      return;
    this.free.push(Buffer.from(buffer));
  }
}
