import { accountLogTopic, eventTopics } from "@leadwire/events";
import { defaultWorkspace } from "@leadwire/funnel";
import { catalogue } from "@leadwire/kpis/catalogue";
import { type KafkaLog, openKafkaLog } from "@leadwire/log/kafka";
import { createProcessor, quietCollector } from "@leadwire/processor";
import { partitions } from "../demo-log.ts";
import { type Arm, type ArmTask, serveArm } from "./arm.ts";

const pollMs = 50;

const endsOf = async (log: KafkaLog, topics: ReadonlyArray<string>): Promise<ReadonlyMap<string, number>> => {
  const places = topics.flatMap((topic) =>
    Array.from({ length: partitions }, (_, partition) => ({ topic, partition })),
  );
  const bounds = await Promise.all(places.map((place) => log.bounds(place)));
  return new Map(places.map(({ topic, partition }, n) => [`${topic}/${partition}`, bounds[n]?.end ?? 0]));
};

/** The real processor: state in its own folder, outputs to Kafka, done once everything that follows is told. */
const start = async ({ bootstrap, run, folder }: ArmTask): Promise<Arm> => {
  quietCollector();
  const log = await openKafkaLog({ brokers: [bootstrap], clientId: "bench-processor" });
  const processor = createProcessor({
    log,
    stateFolder: folder,
    workspace: { ...defaultWorkspace, currency: "EUR", timeZone: "Europe/Bucharest" },
    measures: catalogue.measures,
    generation: run,
    partitions,
    nowMs: Date.now,
    onFailure: (cause) => {
      throw cause;
    },
  });
  const { runner } = processor;
  const events = await endsOf(log, eventTopics);
  await processor.start();
  const done = async (): Promise<void> => {
    const settled = Promise.withResolvers<void>();
    const timer = setInterval(() => {
      if (!runner.hasTold(events)) return;
      void endsOf(log, [accountLogTopic(run)]).then((wins) => {
        if (!runner.hasTold(new Map([...events, ...wins]))) return;
        clearInterval(timer);
        settled.resolve();
      });
    }, pollMs);
    return settled.promise;
  };
  return {
    done: done(),
    records: () => runner.tasks.reduce((sum, { derived, position }) => sum + (derived ? 0 : position), 0),
    end: async () => {
      await processor.stop();
      await log.close();
    },
  };
};

serveArm(start);
