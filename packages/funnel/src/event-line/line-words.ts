/** The words of an event's line, and what stands in them: choices, money. */
import { currencyExponent } from "@leadwire/events";

/** What is wrong in a line: thrown while it is read, and returned by whoever reads it. */
export class LineFault extends Error {
  override readonly name = "LineFault";
}

/** A line's words: those that stand alone, in order, and those written `name=value`. */
export class Words {
  readonly #plain: Array<string> = [];
  readonly #named = new Map<string, string>();

  constructor(line: string) {
    for (const token of line.match(/(?:[^\s"]+|"[^"]*")+/g) ?? []) {
      const word = token.replaceAll('"', "");
      const split = word.indexOf("=");
      if (split > 0) this.#named.set(word.slice(0, split), word.slice(split + 1));
      else this.#plain.push(word);
    }
  }

  take(what: string): string {
    const word = this.#plain.shift();
    if (word === undefined) throw new LineFault(`expected ${what}, found the end of the line`);
    return word;
  }

  takeIf(matches: (word: string) => boolean): string | undefined {
    const next = this.#plain[0];
    return next !== undefined && matches(next) ? this.#plain.shift() : undefined;
  }

  has(word: string): boolean {
    return this.takeIf((next) => next === word) !== undefined;
  }

  /** Whether the word stands anywhere. */
  flag(word: string): boolean {
    const at = this.#plain.indexOf(word);
    if (at >= 0) this.#plain.splice(at, 1);
    return at >= 0;
  }

  named(name: string): string | undefined {
    const value = this.#named.get(name);
    this.#named.delete(name);
    return value;
  }

  end(): void {
    const left = [...this.#plain, ...this.#named.keys()];
    if (left.length > 0) throw new LineFault(`does not know what to do with ${left.join(" ")}`);
  }
}

export const oneOf = <A extends string>(words: ReadonlyArray<A>, found: string): A => {
  const known = words.find((word) => word === found);
  if (known === undefined) throw new LineFault(`expected one of ${words.join(", ")}, found ${found}`);
  return known;
};

/** The fields that have a value. */
export const present = <F extends Record<string, unknown>>(fields: F): { [K in keyof F]?: Exclude<F[K], undefined> } =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof F]?: Exclude<F[K], undefined>;
  };

/** A decimal amount in minor units, exactly. */
export const minor = (text: string, currency: string): number => {
  const digits = currencyExponent(currency);
  if (digits === undefined) throw new LineFault(`expected a currency such as EUR, found ${currency}`);
  const [whole = "0", fraction = ""] = text.split(".");
  if (!/^\d+$/.test(whole + fraction) || fraction.length > digits)
    throw new LineFault(`${text} is no amount of ${currency}`);
  return Number(whole + fraction.padEnd(digits, "0"));
};

export const money = (words: Words): { readonly amount_minor: number; readonly currency: string } => {
  const text = words.take("an amount");
  const currency = words.take("a currency");
  return { amount_minor: minor(text, currency), currency };
};
