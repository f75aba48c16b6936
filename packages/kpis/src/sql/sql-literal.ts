/** A text as ClickHouse reads it in a statement: whatever is in it stays text. */
export const textLiteral = (text: string): string => `'${text.replace(/[\\']/gu, (mark) => `\\${mark}`)}'`;

/** `2026-03-01 00:00:00.000`, in UTC. */
export const timestampText = (ms: number): string => new Date(ms).toISOString().replace("T", " ").replace("Z", "");
