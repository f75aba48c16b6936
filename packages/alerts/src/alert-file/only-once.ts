import { parseName, type YamlValue } from "@leadwire/funnel";

/** Where something stands, for faults about a second one. */
interface Place {
  readonly file: string;
  readonly line: number;
}

/** What the files of one folder must not say twice. */
export class OnlyOnce {
  readonly #places = new Map<string, Place>();

  /** False where `what` has been said before, which is refused. */
  claim(value: YamlValue, file: string, what: string): boolean {
    const before = this.#places.get(what);
    if (before === undefined) {
      this.#places.set(what, { file, line: value.line });
      return true;
    }
    value.refuse(`${what} only once over all files`, `a second one; the first is at ${before.file}:${before.line}`);
    return false;
  }
}

/** The names under `receivers`, as far as they can be read; faults are noted when the receivers themselves are read. */
export const receiverNames = (value: YamlValue): ReadonlyArray<string> => {
  if (!value.isList()) return [];
  return (value.items("") ?? []).flatMap((item) => {
    const named = item.isMap() ? item.entries("")?.find(([key]) => key === "name") : undefined;
    return named === undefined ? [] : (named[1].parsed("", parseName) ?? []);
  });
};
