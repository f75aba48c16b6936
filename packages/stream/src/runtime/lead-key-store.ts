import type { LeadKeys } from "@leadwire/events";
import { open, type RootDatabase } from "lmdb";

const keyBytes = 32;
/** What stands where a key was erased: an erased lead never gets a new one. */
const erased = Buffer.alloc(0);

/** The leads' keys, in LMDB outside the log: whoever erases a key erases the person from every copy of the log. */
export class LeadKeyStore implements LeadKeys {
  private readonly db: RootDatabase<Buffer, string>;
  private readonly randomBytes: (count: number) => Buffer;

  constructor(folder: string, randomBytes: (count: number) => Buffer) {
    this.db = open<Buffer, string>({ path: folder, encoding: "binary", overlappingSync: false });
    this.randomBytes = randomBytes;
  }

  keyFor = (leadId: string): Uint8Array | undefined => {
    const known = this.db.get(leadId);
    if (known !== undefined) return known.length === keyBytes ? known : undefined;
    const key = this.randomBytes(keyBytes);
    this.db.putSync(leadId, key);
    return key;
  };

  erase = (leadId: string): void => {
    this.db.putSync(leadId, erased);
  };

  close(): Promise<void> {
    return this.db.close();
  }
}
