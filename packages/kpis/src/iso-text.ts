/** ISO 8601 in UTC with milliseconds; throws beyond the years that it can write. */
export const isoText = (ms: number): string => new Date(ms).toISOString();
