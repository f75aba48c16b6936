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
  private readonly isStage: (event: FlatEvent) => boolean;
  /** Of the partition asked about last: a log is counted partition by partition. */
  private home: { readonly topic: string; readonly partition: number; readonly of: Home } | undefined;

  constructor(workspace: Workspace, partitions: number, registry?: SchemaRegistry) {
    const converter = new Converter(workspace, new ZoneCalendar(workspace.timeZone));
    this.judge = new Judge(workspace, converter, taskCodecs(registry).decodeEvent);
    this.partitions = partitions;
    this.isStage = (event) => this.judge.isStage(event);
  }

  /** `appendTimeMs` is the running maximum of the partition; `wasSentOn`: the record carries the header already. */
  test(event: FlatEvent, topic: string, partition: number, appendTimeMs: number, wasSentOn: boolean): boolean {
    if (wasSentOn) return false;
    if (this.homeOf(topic, partition).elsewhere(event) === undefined) return false;
    if (event.bodyEnd - event.bodyStart + frameLength > eventBytesMax) return false;
    return this.judge.judge(event, appendTimeMs, this.isStage) === undefined;
  }

  private homeOf(topic: string, partition: number): Home {
    if (this.home?.topic !== topic || this.home.partition !== partition)
      this.home = { topic, partition, of: new Home(topic, { partition, partitions: this.partitions }) };
    return this.home.of;
  }
}
