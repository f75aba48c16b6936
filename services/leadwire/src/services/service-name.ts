/** In the order in which they are opened: who is read before who reads. */
export const serviceNames = ["processor", "sink", "ingest", "query", "wallboard", "alerts"] as const;
export type ServiceName = (typeof serviceNames)[number];
