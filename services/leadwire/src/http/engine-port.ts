import type { Contact } from "@leadwire/events";
import type { Engine } from "../engine/engine.ts";

/** The engine with the leads' keys: what a command works on, in the owner's process and in any other. */
export interface SealingEngine extends Engine {
  /** Seals personal data with the lead's own key; null once the lead was erased. Durable with the next append. */
  readonly seal: (leadId: string, contact: Contact) => Promise<Uint8Array | null>;
}
