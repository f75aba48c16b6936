const examplesMax = 20;

/** Compares two sides that should be the same, and remembers the first differences in words. */
export class Comparison {
  readonly what: string;
  count = 0;
  differences = 0;
  private readonly examples: Array<string>;

  constructor(what: string, examples: Array<string>) {
    this.what = what;
    this.examples = examples;
  }

  /** `moving` are keys that changed behind the cut: they say nothing. */
  compare(
    expected: ReadonlyMap<string, string>,
    found: ReadonlyMap<string, string>,
    side: string,
    moving: ReadonlySet<string> = none,
  ): void {
    this.count += expected.size;
    for (const [key, value] of expected) {
      if (!moving.has(key) && found.get(key) !== value) this.differ(key, value, found.get(key), side);
    }
    for (const [key, value] of found) {
      if (!moving.has(key) && !expected.has(key)) this.differ(key, undefined, value, side);
    }
  }

  differ(key: string, expected: string | undefined, found: string | undefined, side: string): void {
    this.differences += 1;
    if (this.examples.length >= examplesMax) return;
    this.examples.push(`${key}: the log gives ${expected ?? "nothing"}, ${side} has ${found ?? "nothing"}`);
  }
}

const none: ReadonlySet<string> = new Set();
