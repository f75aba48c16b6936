/** What stands at a path of a parsed document; undefined where there is nothing. */
export const at = (document: unknown, ...path: ReadonlyArray<string | number>): unknown =>
  path.reduce<unknown>(
    (value, key) => (typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined),
    document,
  );

/** As `at`, for what has to be a text. */
export const text = (document: unknown, ...path: ReadonlyArray<string | number>): string => {
  const value = at(document, ...path);
  if (typeof value !== "string") throw new Error(`${path.join(".")} is ${JSON.stringify(value)}, expected a text.`);
  return value;
};

/** The elements of a list; none where there is no list. */
export const each = (list: unknown): ReadonlyArray<unknown> => (Array.isArray(list) ? list : []);
