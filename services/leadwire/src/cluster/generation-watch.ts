import { controlCodec, controlTopic, type SchemaRegistry } from "@leadwire/events";
import { type EventLog, type LogChunk, RecordCursor } from "@leadwire/log";
import { TopicFollower } from "@leadwire/stream";
import { isLeft } from "fp-ts/lib/Either.js";
import type { AgreedGeneration } from "./generation-topic.ts";

export interface GenerationWatchOptions {
  readonly log: EventLog;
  readonly registry: SchemaRegistry;
  readonly agreed: AgreedGeneration;
  /** The generation that this process builds serves from here on. */
  readonly onServing?: () => void;
  /** The cluster folds with another generation from here on: this process has to end. */
  readonly onMoved: (message: string) => void;
  readonly onFailure: (cause: unknown) => void;
}

/** Follows the control topic for as long as a service runs. */
export class GenerationWatch {
  private readonly options: GenerationWatchOptions;
  private readonly cursor = new RecordCursor();
  private readonly follower: TopicFollower;
  private isBuilding: boolean;
  private readonly decode: ReturnType<typeof controlCodec>["decodeControl"];

  constructor(options: GenerationWatchOptions) {
    this.options = options;
    this.isBuilding = options.agreed.isBuilding === true;
    this.decode = controlCodec(options.registry).decodeControl;
    this.follower = new TopicFollower({
      log: options.log,
      partitions: [{ topic: controlTopic, partition: 0 }],
      onChunk: (chunk, from) => this.read(chunk, from),
      onRound: () => undefined,
      onFailure: options.onFailure,
    });
  }

  start(): Promise<void> {
    return this.follower.start(() => this.options.agreed.nextOffset);
  }

  stop(): Promise<void> {
    return this.follower.stop();
  }

  private read({ bytes }: LogChunk, from: number): void {
    const { agreed, onMoved, onServing } = this.options;
    const { cursor } = this;
    cursor.reset(bytes, from);
    while (cursor.next()) {
      if (cursor.valueStart < 0) continue;
      const decoded = this.decode(cursor.bytes.subarray(cursor.valueStart, cursor.valueEnd));
      if (isLeft(decoded)) continue;
      const { name, record } = decoded.right;
      if (name === "generation-building" && this.isBuilding && record.generation !== agreed.generation)
        onMoved(`Generation ${record.generation} is built from now on, and no longer ${agreed.generation}.`);
      if (name !== "generation-announced") continue;
      const { generation } = record;
      if (generation === agreed.generation) {
        if (this.isBuilding) onServing?.();
        this.isBuilding = false;
        continue;
      }
      onMoved(
        `The cluster folds with generation ${generation} from now on, this process with ${agreed.generation}. ` +
          "Start it again with the configuration that the others have.",
      );
    }
  }
}
