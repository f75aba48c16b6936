import { parseEventLine, parseLineTime, type Workspace } from "@leadwire/funnel";
import { type Either, isLeft } from "fp-ts/lib/Either.js";
import type { OracleRecord } from "../oracle/log-input.ts";

const read = <A>(found: Either<string, A>): A => {
  if (isLeft(found)) throw new Error(found.left);
  return found.right;
};

/** An instant as a case writes it; throws on any other text. */
export const goldenTimeMs = (text: string, zone: string): number => read(parseLineTime(text, zone));

/** The line's event with the time it was appended at; throws on a line that it cannot read. */
export const goldenRecord = (line: string, number: number, workspace: Workspace): OracleRecord => {
  const { event, appendTimeMs } = read(parseEventLine(line, { workspace, sourceSystem: "golden", number }));
  return { event, appendTimeMs, offset: number - 1 };
};
