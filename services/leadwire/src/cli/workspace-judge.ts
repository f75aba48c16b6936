import { derivedRegistry, encodeEvent, Fault, FlatDecoder, FlatEvent, type SalesEvent } from "@leadwire/events";
import { type Workspace, ZoneCalendar } from "@leadwire/funnel";
import { Converter, Judge, type Verdict, verdictOfFault } from "@leadwire/stream";

/**
 * What the workspace has against an event, asked before it is appended. The very judge that the tasks ask, so that what
 * passes here passes there.
 */
export const workspaceJudge = (workspace: Workspace, nowMs: () => number): ((event: SalesEvent) => Verdict | null) => {
  const judge = new Judge(workspace, new Converter(workspace, new ZoneCalendar(workspace.timeZone)));
  const decoder = new FlatDecoder(derivedRegistry);
  const flat = new FlatEvent();
  const isKnownStage = (event: FlatEvent): boolean => judge.isStage(event);
  return (event) => {
    const bytes = encodeEvent(event);
    const fault = decoder.decode(bytes, 0, bytes.length, flat);
    if (fault !== Fault.none) return verdictOfFault(fault);
    return judge.judge(flat, nowMs(), isKnownStage) ?? null;
  };
};
