import { isAscii, isUtf8 } from "node:buffer";
import { type Refusal, refusal } from "./refusal.ts";
import { defaultRowLimits, type RowLimits } from "./row-limits.ts";
import { byteOrderMarkLength, singleByteDecoder, type TextEncoding } from "./text-encoding.ts";

const quote = 0x22;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;

export interface RowFormat {
  readonly encoding: TextEncoding;
  /** The delimiter of fields that may be quoted (one ASCII character); null where a row is a line, whatever is in it. */
  readonly delimiter: string | null;
}

type Ending = "found" | "more" | "bad_quote";

/**
 * Reads rows of text from chunks, one at a time, without ever losing a byte or a row: whatever cannot be read is handed
 * out as a row with a `fault` and its original bytes, and reading goes on with the next line. Rows are CSV's (RFC 4180:
 * a quoted field may hold line ends) or plain lines. Empty lines are passed over.
 *
 * It works on bytes (every encoding allowed keeps ASCII), so a row's original bytes are at hand and one row in a wrong
 * encoding harms no other. A quote is special only at the start of a field. A quoting error costs the line it began on:
 * the scanner goes back to the next line end, so that one stray quote does not swallow the rest of the file.
 */
export class RowCursor {
  /** The row read last, or why it cannot be read. */
  text = "";
  fault: Refusal | null = null;
  /** True where a quote stands in the row. */
  quoted = false;
  /** The line the row begins on, from 1. */
  line = 0;
  /** Bytes consumed so far, the row read last included. */
  bytesRead = 0;

  readonly #delimiterByte: number | null;
  readonly #limits: RowLimits;
  readonly #decode: ((bytes: Uint8Array) => string) | null;
  #buffer: Buffer = Buffer.alloc(0);
  /** The whole buffer as text, where it is ASCII only: then an index in one is an index in the other. */
  #text: string | null = null;
  #wellFormedTo = 0;
  #hasNul = false;
  #position = 0;
  #nextLine = 1;
  #rowStart = 0;
  #rowEnd = 0;
  #nextQuote = -1;
  #started = false;
  #pieces: Buffer[] = [];
  #pieceBytes = 0;
  #finished = false;
  #passingOver = false;

  constructor(format: RowFormat, limits: RowLimits = defaultRowLimits) {
    this.#delimiterByte = format.delimiter === null ? null : format.delimiter.charCodeAt(0);
    this.#limits = limits;
    this.#decode = format.encoding === "utf-8" ? null : singleByteDecoder(format.encoding);
  }

  /** The original bytes of the row read last, without its line end; valid for as long as the caller keeps them. */
  get bytes(): Buffer {
    return this.#buffer.subarray(this.#rowStart, this.#rowEnd);
  }

  /** Gives the next chunk; call `next` until it is false, then feed again. The chunk must not be written to afterwards. */
  feed(chunk: Buffer): void {
    this.#pieces.push(chunk);
    this.#pieceBytes += chunk.length;
    // A chunk without a line end ends no row: joining it only later keeps a long row from being copied over and over.
    const pending = this.#buffer.length - this.#position + this.#pieceBytes;
    if (chunk.includes(lineFeed) || pending > this.#limits.rowBytesMax) this.#join();
  }

  /** Says that no chunk follows: the last line may lack its line end. */
  finish(): void {
    this.#finished = true;
    this.#join();
  }

  /** Makes one buffer of what is not read yet, and looks at what is worth knowing once per chunk, not once per row. */
  #join(): void {
    const rest = this.#buffer.subarray(this.#position);
    const parts = rest.length === 0 ? this.#pieces : [rest, ...this.#pieces];
    const [only] = parts;
    this.#buffer = only !== undefined && parts.length === 1 ? only : Buffer.concat(parts);
    this.#pieces = [];
    this.#pieceBytes = 0;
    this.#position = 0;
    if (!this.#started) {
      this.#started = true;
      this.#position = byteOrderMarkLength(this.#buffer);
      this.bytesRead = this.#position;
    }
    const whole = this.#finished ? this.#buffer.length : this.#buffer.lastIndexOf(lineFeed) + 1;
    const ascii = isAscii(this.#buffer);
    this.#text = ascii ? this.#buffer.toString("latin1") : null;
    this.#wellFormedTo = ascii || (this.#decode === null && isUtf8(this.#buffer.subarray(0, whole))) ? whole : 0;
    this.#hasNul = this.#buffer.includes(0);
    this.#nextQuote = this.#delimiterByte === null ? -1 : this.#buffer.indexOf(quote, this.#position);
  }

  /** Moves to the next row; false when the chunks given so far hold no further whole row. */
  next(): boolean {
    for (;;) {
      if (this.#pieces.length > 0) return false;
      if (this.#passingOver && !this.#passOver()) return false;
      const start = this.#position;
      if (start >= this.#buffer.length) return false;
      this.#rowStart = start;
      this.line = this.#nextLine;
      const lineEnd = this.#buffer.indexOf(lineFeed, start);
      if (this.#nextQuote < start && this.#nextQuote >= 0) this.#nextQuote = this.#buffer.indexOf(quote, start);
      this.quoted = this.#nextQuote >= 0 && (lineEnd < 0 || this.#nextQuote < lineEnd);
      if (this.quoted) {
        const ending = this.#endOfQuotedRow(start);
        if (ending === "more") {
          if (!this.#tooLong(start)) return false;
          this.#takeUnreadable(lineEnd);
          return true;
        }
        if (ending === "bad_quote") {
          if (lineEnd < 0 && !this.#finished && !this.#tooLong(start)) return false;
          this.#takeUnreadable(lineEnd);
          return true;
        }
        this.#readText();
        return true;
      }
      if (lineEnd < 0 && !this.#finished) {
        if (!this.#tooLong(start)) return false;
        this.#takeUnreadable(lineEnd);
        return true;
      }
      this.#take(lineEnd < 0 ? this.#buffer.length : lineEnd, 1);
      if (this.#rowEnd === this.#rowStart) continue;
      this.#readText();
      return true;
    }
  }

  #tooLong(start: number): boolean {
    return this.#finished || this.#buffer.length - start > this.#limits.rowBytesMax;
  }

  /** Takes the bytes up to a line end (or the end of the file) as the row. */
  #take(end: number, lines: number): void {
    this.#position = Math.min(end + 1, this.#buffer.length);
    this.bytesRead += this.#position - this.#rowStart;
    this.#nextLine += lines;
    this.#rowEnd = end > this.#rowStart && this.#buffer[end - 1] === carriageReturn ? end - 1 : end;
  }

  /** The row cannot be read: one line of it goes to quarantine, at most `rowBytesMax` of it, and reading goes on. */
  #takeUnreadable(lineEnd: number): void {
    const start = this.#rowStart;
    const end = lineEnd < 0 ? this.#buffer.length : lineEnd;
    this.text = "";
    if (end - start > this.#limits.rowBytesMax || (lineEnd < 0 && !this.#finished)) {
      this.#passingOver = true;
      this.#rowEnd = start + Math.min(end - start, this.#limits.rowBytesMax);
      this.#position = this.#rowEnd;
      this.bytesRead += this.#rowEnd - start;
      this.fault = refusal(
        "field_too_large",
        `the row is longer than ${this.#limits.rowBytesMax} bytes; the first ${this.#limits.rowBytesMax} are kept`,
      );
      return;
    }
    this.#take(end, 1);
    this.fault = refusal(
      "malformed_csv",
      this.quoted
        ? `a quoted field ${this.#finished && lineEnd < 0 ? "is not closed" : "has no closing quote before a delimiter or line end"}; expected "…" with quotes inside doubled`
        : "the row has no end",
    );
  }

  /** Passes over the rest of a row that was too long; false while its end has not come. */
  #passOver(): boolean {
    const lineEnd = this.#buffer.indexOf(lineFeed, this.#position);
    const to = lineEnd < 0 ? this.#buffer.length : lineEnd + 1;
    this.bytesRead += to - this.#position;
    this.#position = to;
    if (lineEnd < 0) return false;
    this.#passingOver = false;
    this.#nextLine += 1;
    return true;
  }

  /** Finds the end of a row that has a quote in it, and takes it. */
  #endOfQuotedRow(start: number): Ending {
    const buffer = this.#buffer;
    const delimiter = this.#delimiterByte;
    let at = start;
    let lines = 1;
    for (;;) {
      if (buffer[at] === quote) {
        const closed = this.#closingQuote(at + 1);
        if (closed < 0) return "more";
        for (let lf = buffer.indexOf(lineFeed, at); lf >= 0 && lf < closed; lf = buffer.indexOf(lineFeed, lf + 1))
          lines += 1;
        at = closed + 1;
        if (buffer[at] === carriageReturn && (buffer[at + 1] === lineFeed || at + 1 >= buffer.length)) at += 1;
        if (at < buffer.length && buffer[at] !== delimiter && buffer[at] !== lineFeed) return "bad_quote";
      } else {
        while (at < buffer.length && buffer[at] !== delimiter && buffer[at] !== lineFeed) at += 1;
      }
      if (at >= buffer.length && !this.#finished) return "more";
      if (at >= buffer.length || buffer[at] === lineFeed) {
        this.#take(Math.min(at, buffer.length), lines);
        return "found";
      }
      at += 1;
    }
  }

  /** The index of the quote that closes a field whose text begins at `from`, or -1 when it is not in sight. */
  #closingQuote(from: number): number {
    let at = this.#buffer.indexOf(quote, from);
    while (at >= 0 && this.#buffer[at + 1] === quote) at = this.#buffer.indexOf(quote, at + 2);
    return at >= 0 && at + 1 >= this.#buffer.length && !this.#finished ? -1 : at;
  }

  /** Decodes the row, or sets the fault. */
  #readText(): void {
    this.fault = null;
    this.text = "";
    const start = this.#rowStart;
    const end = this.#rowEnd;
    if (this.#hasNul) {
      const nul = this.#buffer.indexOf(0, start);
      if (nul >= 0 && nul < end) {
        this.fault = refusal("nul_byte", `byte ${nul - start + 1} of the row is NUL; expected text`);
        return;
      }
    }
    if (this.#text !== null) this.text = this.#text.slice(start, end);
    else if (this.#decode !== null) this.text = this.#decode(this.bytes);
    else if (end <= this.#wellFormedTo || isUtf8(this.bytes)) this.text = this.#buffer.toString("utf8", start, end);
    else
      this.fault = refusal(
        "wrong_encoding",
        "the row is not UTF-8; if the file was saved in another encoding, name it (encoding: windows-1252)",
      );
  }
}
