import { derivedRegistry, encodeEvent, Fault, FlatDecoder, FlatEvent, type SalesEvent } from "@leadwire/events";
import { type Workspace, ZoneCalendar } from "@leadwire/funnel";
import { Converter, Judge, type Verdict, verdictOfFault } from "@leadwire/stream";

/**
 * What a workspace has against an event that the log gets at an instant; null: nothing. The very judge that the tasks
 * ask, so that what passes here passes there.
 */
export const eventJudge = (workspace: Workspace): ((event: SalesEvent, appendTimeMs: number) => Verdict | null) => {
  const judge = new Judge(workspace, new Converter(workspace, new ZoneCalendar(workspace.timeZone)));
  const decoder = new FlatDecoder(derivedRegistry);
  const flat = new FlatEvent();
  const isKnownStage = (event: FlatEvent): boolean => judge.isStage(event);
  return (event, appendTimeMs) => {
    const bytes = encodeEvent(event);
    const fault = decoder.decode(bytes, 0, bytes.length, flat);
    if (fault !== Fault.none) return verdictOfFault(fault);
    return judge.judge(flat, appendTimeMs, isKnownStage) ?? null;
  };
};
