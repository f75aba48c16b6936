import { type Workspace, ZoneCalendar } from "@leadwire/funnel";
import type { SliceRecord } from "@leadwire/kpis";
import { catalogue } from "@leadwire/kpis/catalogue";
import type { EventLog } from "@leadwire/log";
import { PartitionTask, slicesOf, taskTopics } from "@leadwire/stream";
import { partitions } from "./chaos-rig.ts";

const chunkBytes = 1 << 20;

/** Every slice that follows from the topics: each partition folded by a fresh task, once, from start to end. */
export const plainPass = async (
  log: EventLog,
  generation: string,
  workspace: Workspace,
): Promise<ReadonlyArray<SliceRecord>> => {
  const calendar = new ZoneCalendar(workspace.timeZone);
  const slices: Array<SliceRecord> = [];
  for (const topic of taskTopics(generation)) {
    for (let partition = 0; partition < partitions; partition += 1) {
      const task = new PartitionTask(
        topic,
        { workspace, calendar, generation, partition, partitions },
        catalogue.measures,
      );
      const { end } = await log.bounds({ topic, partition });
      while (task.position < end) {
        const chunk = await log.read({ topic, partition }, task.position, chunkBytes);
        task.process(chunk.bytes, chunk.nextOffset);
        task.takeOutput();
      }
      for (const slice of slicesOf(task)) slices.push(slice);
    }
  }
  return slices;
};
