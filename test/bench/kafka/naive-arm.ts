import { decodeEvent, eventTopics, factsTopic, type SalesEvent } from "@leadwire/events";
import { isLeft } from "fp-ts/lib/Either.js";
import kafkajs, { type EachBatchPayload } from "kafkajs";
import { type Arm, type ArmTask, serveArm } from "./arm.ts";

const hourMs = 3_600_000;

interface Lead {
  createdAtMs: number;
  owner: string;
  team: string;
  channel: string;
  answered: boolean;
}

/**
 * How one would write it first: kafkajs, the whole event decoded with avsc, a Map of leads, a Set of ids, a Map of hourly
 * counts, and one JSON record per change. Only response times and counts, in memory, nothing durable.
 */
class NaiveEngine {
  private readonly leads = new Map<string, Lead>();
  private readonly seen = new Set<string>();
  private readonly counts = new Map<string, number>();

  /** The records that an event causes. */
  apply(event: SalesEvent): ReadonlyArray<{ key: string; value: string }> {
    const id = `${event.source_system}/${event.event_id}`;
    if (this.seen.has(id)) return [];
    this.seen.add(id);
    const lead = this.leadOf(event);
    if (lead === undefined) return [];
    const responseMs = this.responseOf(event, lead);
    const fact = { kind: event.type, id, at: event.occurred_at, ...lead, responseMs };
    const hour = Math.floor(event.occurred_at / hourMs) * hourMs;
    for (const group of ["company", `rep/${lead.owner}`, `team/${lead.team}`, `channel/${lead.channel}`]) {
      const key = `${event.type}/${group}/${hour}`;
      this.counts.set(key, (this.counts.get(key) ?? 0) + 1);
    }
    return [{ key: id, value: JSON.stringify(fact) }];
  }

  private leadOf(event: SalesEvent): Lead | undefined {
    if (!("lead_id" in event)) return undefined;
    let lead = this.leads.get(event.lead_id);
    if (lead === undefined) {
      lead = { createdAtMs: event.occurred_at, owner: "", team: "", channel: "", answered: false };
      this.leads.set(event.lead_id, lead);
    }
    if (event.type === "lead-created") {
      lead.owner = event.owner ?? "";
      lead.team = event.team ?? "";
      lead.channel = event.channel ?? "";
    }
    return lead;
  }

  private responseOf(event: SalesEvent, lead: Lead): number | undefined {
    if (event.type !== "activity-logged" || event.direction !== "outbound" || lead.answered) return undefined;
    lead.answered = true;
    return event.occurred_at - lead.createdAtMs;
  }
}

const start = async ({ bootstrap, run, events }: ArmTask): Promise<Arm> => {
  const kafka = new kafkajs.Kafka({ brokers: [bootstrap], clientId: run, logLevel: kafkajs.logLevel.NOTHING });
  const producer = kafka.producer();
  await producer.connect();
  const consumer = kafka.consumer({ groupId: run });
  await consumer.connect();
  await consumer.subscribe({ topics: [...eventTopics], fromBeginning: true });
  const engine = new NaiveEngine();
  let records = 0;
  const { promise, resolve } = Promise.withResolvers<void>();
  const eachBatch = async ({ batch }: EachBatchPayload): Promise<void> => {
    const messages: Array<{ key: string; value: string }> = [];
    for (const { value } of batch.messages) {
      const decoded = decodeEvent(value ?? Buffer.alloc(0));
      if (!isLeft(decoded)) messages.push(...engine.apply(decoded.right));
    }
    await producer.send({ topic: factsTopic(run), messages });
    records += batch.messages.length;
    if (records >= events) resolve();
  };
  await consumer.run({ eachBatch });
  return {
    done: promise,
    records: () => records,
    end: async () => {
      await consumer.disconnect();
      await producer.disconnect();
    },
  };
};

serveArm(start);
