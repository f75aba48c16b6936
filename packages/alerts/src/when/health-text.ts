import { parseName } from "@leadwire/funnel";
import type { EngineCondition, NoDataCondition } from "../rule/rule.ts";
import { readDurationMs, readNumberText } from "./amount-text.ts";
import { readPatience } from "./patience-text.ts";
import type { WhenReader } from "./when-reader.ts";

/** What is watched of sources and of the engine itself. */

const readSilence = (reader: WhenReader): NoDataCondition["patience"] | undefined =>
  reader.takeWords("longer", "than", "usual") ? { _tag: "Usual" } : readPatience(reader);

/** `source web silent for longer than usual`, `any source silent for 2 h of business hours`. */
export const readNoData = (reader: WhenReader): NoDataCondition | undefined => {
  let source: string | null = null;
  if (!reader.takeWords("any", "source")) {
    reader.takeWords("source");
    const name = reader.name("the source's name, or any source");
    if (name === undefined) return undefined;
    source = parseName(name) ?? null;
  }
  if (!reader.takeWords("silent", "for"))
    return reader.refuse("silent for", "Write source web silent for longer than usual, or for 2 h of business hours.");
  const patience = readSilence(reader);
  return patience === undefined || reader.end() === undefined ? undefined : { _tag: "NoData", source, patience };
};

const readAbove = (reader: WhenReader): true | undefined =>
  reader.takeSign(">") === undefined ? reader.refuse(`">"`) : true;

/** `lag > 30 s`. */
const readLag = (reader: WhenReader): EngineCondition | undefined => {
  if (readAbove(reader) === undefined) return undefined;
  const above = readDurationMs(reader);
  return above === undefined || reader.end() === undefined
    ? undefined
    : { _tag: "Engine", what: "lag", above, windowMs: 0 };
};

/** `quarantine > 10 in 1 h`. */
const readQuarantine = (reader: WhenReader): EngineCondition | undefined => {
  if (readAbove(reader) === undefined) return undefined;
  const at = reader.peek();
  const text = readNumberText(reader, "a number of records, such as 10");
  if (text === undefined) return undefined;
  if (!/^\d+$/u.test(text)) return reader.refuseAt(at, "a whole number of records");
  reader.takeWords("records");
  if (!reader.takeWords("in")) return reader.refuse("in and a duration, such as in 1 h");
  const atWindow = reader.peek();
  const windowMs = readDurationMs(reader);
  if (windowMs === 0) return reader.refuseAt(atWindow, "a duration above 0");
  return windowMs === undefined || reader.end() === undefined
    ? undefined
    : { _tag: "Engine", what: "quarantine", above: Number(text), windowMs };
};

/** The engine's own health. */
export const readEngine = (reader: WhenReader): EngineCondition | undefined =>
  reader.takeWords("lag") ? readLag(reader) : reader.takeWords("quarantine") ? readQuarantine(reader) : undefined;
