/** The requests we write ourselves, each at the newest version before Kafka's compact encodings began. */
export interface Api {
  readonly name: string;
  readonly key: number;
  readonly version: number;
}

export const api = {
  produce: { name: "Produce", key: 0, version: 7 },
  fetch: { name: "Fetch", key: 1, version: 11 },
  listOffsets: { name: "ListOffsets", key: 2, version: 2 },
  metadata: { name: "Metadata", key: 3, version: 5 },
  saslHandshake: { name: "SaslHandshake", key: 17, version: 1 },
  initProducerId: { name: "InitProducerId", key: 22, version: 1 },
  saslAuthenticate: { name: "SaslAuthenticate", key: 36, version: 1 },
} as const satisfies Record<string, Api>;
