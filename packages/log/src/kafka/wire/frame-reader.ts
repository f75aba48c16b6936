/** Larger than any response we ask for: a larger length means that the peer does not speak Kafka. */
const frameBytesMax = 256 * 1_048_576;

/**
 * Cuts a byte stream into Kafka's frames: four bytes of length, then the frame. Each frame gets a buffer of its own,
 * filled as bytes arrive, so that the chunks can be read into one reused buffer.
 */
export class FrameReader {
  private readonly onFrame: (frame: Buffer) => void;
  private readonly length = Buffer.alloc(4);
  private lengthBytes = 0;
  private frame: Buffer | undefined;
  private filled = 0;

  constructor(onFrame: (frame: Buffer) => void) {
    this.onFrame = onFrame;
  }

  /** Takes the first `bytes` of `chunk`. Throws a RangeError for a length that no broker sends. */
  push(chunk: Uint8Array, bytes: number): void {
    let at = 0;
    while (at < bytes) {
      if (this.frame === undefined) {
        this.length[this.lengthBytes] = chunk[at] ?? 0;
        at += 1;
        this.lengthBytes += 1;
        if (this.lengthBytes === 4) this.begin();
      } else {
        const taken = Math.min(bytes - at, this.frame.length - this.filled);
        this.frame.set(chunk.subarray(at, at + taken), this.filled);
        at += taken;
        this.filled += taken;
      }
      this.endIfFull();
    }
  }

  private begin(): void {
    const bytes = this.length.readInt32BE(0);
    if (bytes < 4 || bytes > frameBytesMax) {
      throw new RangeError(`The peer announced a response of ${bytes} bytes: it is no Kafka broker, or expects TLS.`);
    }
    this.lengthBytes = 0;
    this.filled = 0;
    this.frame = Buffer.allocUnsafeSlow(bytes);
  }

  private endIfFull(): void {
    const frame = this.frame;
    if (frame === undefined || this.filled < frame.length) return;
    this.frame = undefined;
    this.onFrame(frame);
  }
}
