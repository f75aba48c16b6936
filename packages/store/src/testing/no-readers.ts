import { right } from "fp-ts/lib/Either.js";
import type { ReaderDoor } from "../reader.ts";

/** The door of a store that is no ClickHouse: nobody comes in. */
export const noReaders: ReaderDoor = {
  admit: () => async () => right(undefined),
  cover: () => async () => right(undefined),
  loginOf: () => undefined,
  enter: async () => () => undefined,
  ready: async () => undefined,
};
