/** Where changed pages go at a commit. The bytes are a view, valid until the call returns. */
export type PageWriter = (page: number, bytes: Uint8Array) => void;

/** One page fits into one overflow page of the state's store (4,096 bytes less its header). */
const pageBytesMax = 4080;
const pageBits = 4;
const pagesPerChunk = 1 << pageBits;

export interface RowChunk {
  readonly bytes: Uint8Array;
  readonly f64: Float64Array;
  readonly i32: Int32Array;
  readonly dirty: Uint8Array;
}

/**
 * A table of fixed-size rows in typed arrays: no object per row, and pages that know whether they changed, so that a
 * commit writes what changed and a start reads everything back. Row n is `locate(n)`, then `f64[f64At + column]` and
 * `i32[i32At + column]`; the 64-bit columns come first.
 */
export class PagedRows {
  /** Rows in use. */
  length = 0;
  f64: Float64Array = new Float64Array();
  i32: Int32Array = new Int32Array();
  f64At = 0;
  i32At = 0;
  private readonly rowBytes: number;
  private readonly wide: number;
  private readonly rowsPerPage: number;
  private readonly rowsPerChunk: number;
  /** Multiplying is several times cheaper than dividing; half a row keeps rounding away from the edges. */
  private readonly pagesPerRow: number;
  private readonly chunks: Array<RowChunk> = [];
  private dirtyPages: Array<number> = [];

  /** A row of `wide` 64-bit columns and `narrow` 32-bit columns (an even number of those). */
  constructor(wide: number, narrow: number) {
    if (narrow % 2 !== 0) throw new Error("a row needs an even number of 32-bit columns");
    this.wide = wide;
    this.rowBytes = wide * 8 + narrow * 4;
    this.rowsPerPage = Math.floor(pageBytesMax / this.rowBytes);
    this.rowsPerChunk = this.rowsPerPage * pagesPerChunk;
    this.pagesPerRow = 1 / this.rowsPerPage;
  }

  /** Points the views at a row. Rows that were never written hold zeros. */
  locate(row: number): void {
    const number = ((row + 0.5) * this.pagesPerRow) >>> pageBits;
    const chunk = this.chunks[number];
    if (chunk === undefined) throw new Error(`row ${row} lies beyond the table`);
    const at = (row - number * this.rowsPerChunk) * this.rowBytes;
    this.f64 = chunk.f64;
    this.i32 = chunk.i32;
    this.f64At = at >>> 3;
    this.i32At = (at >>> 2) + this.wide * 2;
  }

  /** As locate, for writing: the row's page goes into the next commit. */
  change(row: number): void {
    this.locate(row);
    this.mark(row);
  }

  /** Puts the row's page into the next commit, for a row that is located already. */
  mark(row: number): void {
    const page = ((row + 0.5) * this.pagesPerRow) >>> 0;
    const chunk = this.chunks[page >>> pageBits];
    const inChunk = page & (pagesPerChunk - 1);
    if (chunk === undefined || chunk.dirty[inChunk] === 1) return;
    chunk.dirty[inChunk] = 1;
    this.dirtyPages.push(page);
  }

  /** For whoever looks at many rows: the page of a row, its chunk, and its number within that chunk. */
  pageOf(row: number): number {
    return ((row + 0.5) * this.pagesPerRow) >>> 0;
  }
  chunkOf(page: number): RowChunk {
    return this.chunks[page >>> pageBits] as RowChunk;
  }
  rowInChunk(row: number, page: number): number {
    return row - (page >>> pageBits) * this.rowsPerChunk;
  }

  /** Puts a page into the next commit. */
  markPage(page: number, chunk: RowChunk): void {
    const inChunk = page & (pagesPerChunk - 1);
    if (chunk.dirty[inChunk] === 1) return;
    chunk.dirty[inChunk] = 1;
    this.dirtyPages.push(page);
  }

  /** A new row of zeros, located for writing. */
  add(): number {
    const row = this.length;
    this.length += 1;
    if (row >= this.chunks.length * this.rowsPerChunk) this.chunks.push(this.newChunk());
    this.change(row);
    return row;
  }

  /** Hands out every page that changed since the last call, in order of page. */
  takeChanges(write: PageWriter): void {
    const pages = this.dirtyPages.sort((a, b) => a - b);
    this.dirtyPages = [];
    const pageBytes = this.rowsPerPage * this.rowBytes;
    for (const page of pages) {
      const chunk = this.chunks[(page / pagesPerChunk) | 0] as RowChunk;
      const inChunk = page % pagesPerChunk;
      chunk.dirty[inChunk] = 0;
      write(page, chunk.bytes.subarray(inChunk * pageBytes, (inChunk + 1) * pageBytes));
    }
  }

  /** Puts back a page that takeChanges gave out; `length` is restored apart. */
  restore(page: number, bytes: Uint8Array): void {
    const number = (page / pagesPerChunk) | 0;
    while (this.chunks.length <= number) this.chunks.push(this.newChunk());
    (this.chunks[number] as RowChunk).bytes.set(bytes, (page % pagesPerChunk) * this.rowsPerPage * this.rowBytes);
  }

  /** What its rows take, without room for more. */
  get usedBytes(): number {
    return this.length * this.rowBytes;
  }

  /** What the table holds in memory. */
  get capacityBytes(): number {
    return this.chunks.length * this.rowsPerChunk * this.rowBytes;
  }

  private newChunk(): RowChunk {
    const buffer = new ArrayBuffer(this.rowsPerChunk * this.rowBytes);
    return {
      bytes: new Uint8Array(buffer),
      f64: new Float64Array(buffer),
      i32: new Int32Array(buffer),
      dirty: new Uint8Array(pagesPerChunk),
    };
  }
}
