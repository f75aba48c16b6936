import type { Partition, TopicSettings } from "../event-log.ts";
import { UnknownPartition, UnknownTopic } from "../log-fault.ts";
import { checkTopicSettings } from "../topic-rules.ts";
import { type BatchKey, readBatchKey, seekKey } from "./batch-key.ts";
import type { LmdbStore, StoredTopic } from "./lmdb-store.ts";
import type { PartitionState } from "./partition-state.ts";

export interface Topic {
  readonly id: number;
  settings: TopicSettings;
  readonly states: ReadonlyArray<PartitionState>;
}

/** The topics of the log: their settings as stored, and the state of their partitions as recovered from the batches. */
export class TopicTable {
  private readonly store: LmdbStore;
  private readonly byName = new Map<string, Topic>();
  /** Changes run one after another, so that no two topics share an id. */
  private turn: Promise<void> = Promise.resolve();

  constructor(store: LmdbStore) {
    this.store = store;
    for (const { key, value } of store.topics.getRange()) this.recover(key, value);
  }

  all(): ReadonlyArray<Topic> {
    return [...this.byName.values()];
  }

  topic(name: string): Topic {
    const topic = this.byName.get(name);
    if (topic === undefined) throw new UnknownTopic(name);
    return topic;
  }

  state({ topic, partition }: Partition): PartitionState {
    const { states } = this.topic(topic);
    const state = states[partition];
    if (state === undefined) throw new UnknownPartition(topic, partition, states.length);
    return state;
  }

  /** Creates what is missing and takes over changed retention; all or nothing, durable when it resolves. */
  ensure(wanted: ReadonlyArray<TopicSettings>): Promise<void> {
    const turn = this.turn.then(() => this.change(wanted));
    this.turn = turn.catch(() => undefined);
    return turn;
  }

  /**
   * Forgets a topic whose batches are deleted. Not before: a topic made later may get its number, and would bring them
   * back.
   */
  forget(name: string): Promise<void> {
    const turn = this.turn.then(async () => {
      await this.store.transaction(() => {
        this.store.topics.remove(name);
      });
      this.store.renewReads();
      this.byName.delete(name);
    });
    this.turn = turn.catch(() => undefined);
    return turn;
  }

  private async change(wanted: ReadonlyArray<TopicSettings>): Promise<void> {
    let nextId = 1 + Math.max(0, ...this.all().map((topic) => topic.id));
    const changes = new Map<string, StoredTopic>();
    for (const settings of wanted) {
      const stored = changes.get(settings.name) ?? this.stored(settings.name);
      checkTopicSettings(settings, stored?.partitions);
      const { partitions, retentionMs } = settings;
      if (stored !== undefined && stored.retentionMs === retentionMs) continue;
      const id = stored?.id ?? nextId++;
      changes.set(settings.name, { id, partitions, ...(retentionMs === undefined ? {} : { retentionMs }) });
    }
    if (changes.size === 0) return;
    await this.store.transaction(() => {
      for (const [name, stored] of changes) this.store.topics.put(name, stored);
    });
    this.store.renewReads();
    for (const [name, stored] of changes) {
      const topic = this.byName.get(name);
      if (topic === undefined) this.recover(name, stored);
      else topic.settings = settingsOf(name, stored);
    }
  }

  private stored(name: string): StoredTopic | undefined {
    const topic = this.byName.get(name);
    return topic === undefined ? undefined : { id: topic.id, ...topic.settings };
  }

  private recover(name: string, stored: StoredTopic): void {
    const states = Array.from({ length: stored.partitions }, (_, partition): PartitionState => {
      const first = this.edge(stored.id, partition, false);
      const last = this.edge(stored.id, partition, true);
      return {
        topic: name,
        topicId: stored.id,
        partition,
        start: first?.baseOffset ?? 0,
        end: last === undefined ? 0 : last.lastOffset + 1,
        appendTimeMsMax: last?.appendTimeMs ?? 0,
        waiters: new Set(),
      };
    });
    this.byName.set(name, { id: stored.id, settings: settingsOf(name, stored), states });
  }

  private edge(topicId: number, partition: number, reverse: boolean): BatchKey | undefined {
    const from = seekKey(topicId, partition, 0);
    const to = seekKey(topicId, partition + 1, 0);
    const range = reverse ? { start: to, end: from, reverse, limit: 1 } : { start: from, end: to, limit: 1 };
    for (const key of this.store.batches.getKeys(range)) return readBatchKey(key);
    return undefined;
  }
}

const settingsOf = (name: string, { partitions, retentionMs }: StoredTopic): TopicSettings => ({
  name,
  partitions,
  ...(retentionMs === undefined ? {} : { retentionMs }),
});
