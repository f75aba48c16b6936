import {
  checkEvent,
  decodeEvent,
  decodeFault,
  doorMessage,
  type EventCodec,
  eventTypes,
  FlatCheck,
  type FlatEvent,
  type QuarantineReason,
  Slot,
} from "@leadwire/events";
import type { Workspace } from "@leadwire/funnel";
import { isLeft } from "fp-ts/lib/Either.js";
import type { Converter } from "./converter.ts";

/** How far an event may lie ahead of the moment the log got it. */
const aheadMsMax = 3_600_000;

export interface Verdict {
  readonly reason: QuarantineReason;
  readonly detail: string;
}

/**
 * Decides whether an event may count: a function of the record, its append time and the workspace alone, never of other
 * events. The same judge sits at the door and in the task.
 */
export class Judge {
  private readonly check = new FlatCheck();
  private readonly stages = new Set<string>();
  private readonly converter: Converter;
  private readonly decode: EventCodec["decodeEvent"];

  constructor(workspace: Workspace, converter: Converter, decode: EventCodec["decodeEvent"] = decodeEvent) {
    this.decode = decode;
    this.converter = converter;
    for (const pipeline of workspace.pipelines) for (const stage of pipeline.stages) this.stages.add(stage.id);
  }

  /** Undefined where the event counts. */
  judge(event: FlatEvent, appendTimeMs: number, isKnownStage: (event: FlatEvent) => boolean): Verdict | undefined {
    if (!this.check.isSound(event)) return this.unsound(event);
    if (event.occurredAtMs > appendTimeMs + aheadMsMax) {
      const found = new Date(event.occurredAtMs).toISOString();
      return { reason: "in_future", detail: `occurred_at ${found} is more than 1 h after the event was appended` };
    }
    if (event.type === stageChangedType && !isKnownStage(event)) {
      const known = [...this.stages].join(", ");
      return {
        reason: "unknown_stage",
        detail: `to_stage "${event.text(Slot.toStage)}" is in no pipeline; known: ${known}`,
      };
    }
    if (!this.converter.isCovered(event)) {
      const currency = event.text(Slot.currency) ?? "";
      return { reason: "missing_rate", detail: `no rate for ${currency} on the event's date; add one under rates` };
    }
    return undefined;
  }

  /** The plain way to know a stage, for where there is no table of names. */
  isStage(event: FlatEvent): boolean {
    return this.stages.has(event.text(Slot.toStage) ?? "");
  }

  /** The slow way to the reason, for a record that is not sound. */
  private unsound(event: FlatEvent): Verdict {
    const decoded = this.decode(event.bytes.subarray(event.bodyStart - 5, event.bodyEnd));
    if (isLeft(decoded)) return { reason: decoded.left.reason, detail: decoded.left.detail };
    const checked = checkEvent(decoded.right);
    if (isLeft(checked)) return { reason: checked.left._tag, detail: doorMessage(checked.left) };
    throw new Error("the two checks of an event disagree");
  }
}

const stageChangedType = eventTypes.indexOf("stage-changed");

/** The verdict on a record that cannot be decoded. */
export const verdictOfFault = (fault: number): Verdict => {
  const { reason, detail } = decodeFault(fault);
  return { reason, detail };
};
