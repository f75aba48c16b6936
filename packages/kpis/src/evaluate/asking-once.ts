import type { GroupPartial, PartialQuery, PartialSource } from "./partial.ts";

/** A source that is asked each thing once: the parts of a formula, and several metrics, often read the same measures. */
export const askingOnce = (source: PartialSource): PartialSource => {
  const asked = new Map<string, Promise<ReadonlyArray<GroupPartial>>>();
  const { planEntries } = source;
  let plan: ReturnType<NonNullable<typeof planEntries>> | undefined;
  return {
    partials: (query: PartialQuery) => {
      const key = JSON.stringify(query);
      const found = asked.get(key) ?? source.partials(query);
      asked.set(key, found);
      return found;
    },
    ...(planEntries === undefined
      ? {}
      : {
          planEntries: () => {
            plan ??= planEntries();
            return plan;
          },
        }),
  };
};
