/** Epoch milliseconds as a parameter of a query. */
export const instantParam = (name: string): string => `fromUnixTimestamp64Milli({${name}:Int64}, 'UTC')`;
