import { hash } from "node:crypto";

const idBytes = 16;
const keyBytes = 32;
const rowBytes = idBytes + keyBytes + 1;
const keyAt = idBytes;
const stateAt = idBytes + keyBytes;
const pageRows = 1_024;
const firstSlots = 1_024;
const erased = 1;

/**
 * The keys of one partition's leads in memory: about 60 bytes a lead, whatever the length of its id, in pages that never
 * move. A lead is known by the first 128 bits of its id's SHA-256.
 */
export class LeadKeyTable {
  private readonly pages: Buffer[] = [];
  private count = 0;
  /** Row number + 1 by the id's first bits, open addressing; 0 is free. At most half full. */
  private slots = new Int32Array(firstSlots);

  /** Leads that have a key or are erased. */
  get size(): number {
    return this.count;
  }

  /** Bytes held. */
  get bytes(): number {
    return this.pages.length * pageRows * rowBytes + this.slots.byteLength;
  }

  /** The lead's key, null where it is erased, undefined where nothing is known of it. */
  find(leadId: string): Uint8Array | null | undefined {
    const row = this.slots[this.slotOf(idOf(leadId))] ?? 0;
    if (row === 0) return undefined;
    const { page, at } = this.place(row - 1);
    return page[at + stateAt] === erased ? null : page.subarray(at + keyAt, at + stateAt);
  }

  /** Takes a lead's key in, or, with null, erases it: its former key leaves memory too. */
  set(leadId: string, key: Uint8Array | null): void {
    const id = idOf(leadId);
    const slot = this.slotOf(id);
    const known = this.slots[slot] ?? 0;
    const { page, at } = this.place(known === 0 ? this.add(id, slot) : known - 1);
    page.fill(0, at + keyAt, at + stateAt);
    if (key !== null) page.set(key, at + keyAt);
    page[at + stateAt] = key === null ? erased : 0;
  }

  private add(id: Buffer, slot: number): number {
    const row = this.count;
    if (row % pageRows === 0) this.pages.push(Buffer.alloc(pageRows * rowBytes));
    this.count += 1;
    this.slots[slot] = this.count;
    const { page, at } = this.place(row);
    id.copy(page, at, 0, idBytes);
    if (this.count * 2 > this.slots.length) this.widen();
    return row;
  }

  private place(row: number): { readonly page: Buffer; readonly at: number } {
    const page = this.pages[Math.floor(row / pageRows)];
    if (page === undefined) throw new Error(`the table of lead keys has no row ${row}`);
    return { page, at: (row % pageRows) * rowBytes };
  }

  /** Where the id's row number stands, or would. */
  private slotOf(id: Buffer): number {
    const mask = this.slots.length - 1;
    let slot = id.readUInt32LE(0) & mask;
    for (let row = this.slots[slot] ?? 0; row !== 0; row = this.slots[slot] ?? 0) {
      const { page, at } = this.place(row - 1);
      if (id.compare(page, at, at + idBytes, 0, idBytes) === 0) return slot;
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private widen(): void {
    this.slots = new Int32Array(this.slots.length * 2);
    for (let row = 0; row < this.count; row += 1) {
      const { page, at } = this.place(row);
      this.slots[this.slotOf(page.subarray(at, at + idBytes))] = row + 1;
    }
  }
}

const idOf = (leadId: string): Buffer => hash("sha256", leadId, "buffer");
