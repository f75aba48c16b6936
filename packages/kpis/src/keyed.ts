/** A record with a value for each key. */
export const keyed = <Key extends string, Value>(
  keys: ReadonlyArray<Key>,
  make: (key: Key) => Value,
): Readonly<Record<Key, Value>> =>
  // Object.fromEntries forgets which keys it was given.
  Object.fromEntries(keys.map((key) => [key, make(key)])) as Record<Key, Value>;
