/** Where the leads' keys are: outside the log, so that erasing one erases the person from all of its copies. */
export interface LeadKeys {
  /** The lead's 32-byte key, created and durable when missing; undefined once it was erased: nothing is sealed then. */
  readonly keyFor: (leadId: string) => Uint8Array | undefined;
  /** Erases the key for good. Erasing twice changes nothing. */
  readonly erase: (leadId: string) => void;
}
