import { type FlatEvent, frameLength, type SchemaRegistry } from "@leadwire/events";
import { type Workspace, ZoneCalendar } from "@leadwire/funnel";
import { taskCodecs } from "./codec/derived-ids.ts";
import { Converter } from "./converter.ts";
import { Judge } from "./judge.ts";
import { eventBytesMax } from "./leads/lead-history.ts";
import { Home } from "./place.ts";

/**
 * Says, from a record alone, whether its task sends it on: what the tasks do, for whoever counts the log without them.
 * A record that would be put aside at any place is put aside where it lies, and not sent on.
 */
export class SentOn {
  private readonly judge: Judge;
  private readonly partitions: number;

  constructor(workspace: Workspace, partitions: number, registry?: SchemaRegistry) {
    const converter = new Converter(workspace, new ZoneCalendar(workspace.timeZone));
    this.judge = new Judge(workspace, converter, taskCodecs(registry).decodeEvent);
    this.partitions = partitions;
  }

  /** `appendTimeMs` is the running maximum of the partition; `wasSentOn`: the record carries the header already. */
  test(event: FlatEvent, topic: string, partition: number, appendTimeMs: number, wasSentOn: boolean): boolean {
    if (wasSentOn) return false;
    const home = new Home(topic, { partition, partitions: this.partitions });
    if (home.elsewhere(event) === undefined) return false;
    if (event.bodyEnd - event.bodyStart + frameLength > eventBytesMax) return false;
    return this.judge.judge(event, appendTimeMs, (stage) => this.judge.isStage(stage)) === undefined;
  }
}
