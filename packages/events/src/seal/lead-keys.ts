/** Where the leads' keys are: outside the event topics, so that erasing one erases the person from all copies of the log. */
export interface LeadKeys {
  /**
   * Makes the keys that these leads lack, all in one go; once resolved they are durable and `keyFor` knows every one of
   * the leads. Rejects where the keys could not be made durable: then nothing may be sealed.
   */
  readonly prepare: (leadIds: Iterable<string>) => Promise<void>;
  /** A prepared lead's 32-byte key; undefined once it was erased: nothing is sealed then, not even for a late event. */
  readonly keyFor: (leadId: string) => Uint8Array | undefined;
}
