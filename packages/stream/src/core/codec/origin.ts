/** Which kind of task wrote a derived record: the index of its input in the schemas' `Origin` enum. */
export const origins = { funnel: 0, spend: 1, accounts: 2, plan: 3 } as const;
export type Origin = (typeof origins)[keyof typeof origins];
export const originNames = ["funnel", "spend", "accounts", "plan"] as const;
