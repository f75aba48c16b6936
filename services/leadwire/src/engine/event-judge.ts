import { derivedRegistry, encodeEvent, Fault, FlatDecoder, FlatEvent, type SalesEvent } from "@leadwire/events";
import { type Workspace, ZoneCalendar } from "@leadwire/funnel";
import { Converter, Judge, type Verdict, verdictOfFault } from "@leadwire/stream";

export type EventJudge = (event: SalesEvent, appendTimeMs: number) => Verdict | null;

/**
 * What a workspace has against an event that the log gets at an instant; null: nothing. The very judge that the tasks
 * ask, so that what passes here passes there.
 */
export const eventJudge = (workspace: Workspace): EventJudge => {
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

/** As eventJudge, by the workspace that serves at the time. */
export const servedJudge = (engine: { readonly servedWorkspace: Workspace }): EventJudge => {
  let workspace = engine.servedWorkspace;
  let judge = eventJudge(workspace);
  return (event, appendTimeMs) => {
    if (engine.servedWorkspace !== workspace) {
      workspace = engine.servedWorkspace;
      judge = eventJudge(workspace);
    }
    return judge(event, appendTimeMs);
  };
};
