import { type Contact, seal } from "@leadwire/events";
import { LeadKeyTopic, type LeadKeyTopicOptions } from "@leadwire/ingest";

/** Seals contacts with the leads' own keys. */
export interface LeadSealer {
  /** Null once the lead was erased. */
  readonly seal: (leadId: string, contact: Contact) => Promise<Uint8Array | null>;
  readonly stop: () => Promise<void>;
}

/** Takes the keys from the topic that all doors share, which is read when the first contact comes. */
export const leadSealer = (options: LeadKeyTopicOptions): LeadSealer => {
  let started: Promise<LeadKeyTopic> | undefined;
  const start = async (): Promise<LeadKeyTopic> => {
    const keys = new LeadKeyTopic(options);
    await keys.start();
    return keys;
  };
  return {
    seal: async (leadId, contact) => {
      started ??= start().catch((cause: unknown) => {
        // The next contact tries again: a log that was away must not refuse contacts for ever.
        started = undefined;
        throw cause;
      });
      const keys = await started;
      await keys.prepare([leadId]);
      const key = keys.keyFor(leadId);
      return key === undefined ? null : seal(contact, key, leadId);
    },
    stop: async () => {
      const keys = await started?.catch(() => undefined);
      await keys?.stop();
    },
  };
};
