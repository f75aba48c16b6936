import { decodeControl, eventTopics, metricsTopic } from "@leadwire/events";
import { RecordCursor } from "@leadwire/log";
import { forwardedFromHeader } from "@leadwire/stream";
import { isLeft } from "fp-ts/lib/Either.js";
import type { Cast } from "./cast.ts";
import { countOf } from "./ledger-counts.ts";
import type { Reference } from "./reference.ts";
import type { SimBroker } from "./sim-broker.ts";

import { generation } from "./world.ts";

/** Every record of the log counted once by the task that owns it, and told so, as the plain pass counts it. */
export function* checkLedgers(cast: Cast, reference: Reference): Generator<string> {
  const { broker } = cast.world;
  yield* checkCounts(cast, reference);
  yield* checkLines(broker, reference);
  yield* checkForwards(broker, reference);
}

function* checkCounts({ processors, world: { broker } }: Cast, { stories }: Reference): Generator<string> {
  for (const { topic, partition, ledger } of stories) {
    const { records } = broker.at({ topic, partition });
    const counted = ledger.reduce((n, { counts }) => n + countOf(counts), 0);
    const isFirstHand = eventTopics.some((known) => known === topic);
    if (isFirstHand && counted !== records) {
      yield `${topic}/${partition} holds ${records} records, the plain pass counts ${counted}`;
    }
    const owners = processors.flatMap(({ tasks }) =>
      tasks.filter((task) => task.topic === topic && task.partition === partition),
    );
    if (owners.length === 0) yield `nobody has ${topic}/${partition}`;
    for (const owner of owners) {
      const found = JSON.stringify(owner.ledger.entries());
      const expected = JSON.stringify(ledger);
      if (found !== expected) yield `the ledger of ${topic}/${partition} is ${found}, the log gives ${expected}`;
    }
  }
}

/** Ledger lines on the metrics topic: right for their position, and the newest one is the whole truth. */
function* checkLines(broker: SimBroker, { stories }: Reference): Generator<string> {
  const newest = new Map<string, { readonly position: number; readonly counted: number }>();
  const cursor = new RecordCursor();
  const tasks = new Map(stories.map((story) => [`${story.topic}/${story.partition}`, story]));
  for (const { batches } of broker.of(metricsTopic(generation))) {
    for (const { bytes } of batches) {
      cursor.reset(bytes, 0);
      while (cursor.next()) {
        if (!cursor.bytes.toString("latin1", cursor.keyStart, cursor.keyEnd).startsWith("ledger/")) continue;
        const decoded = decodeControl(cursor.bytes.subarray(cursor.valueStart, cursor.valueEnd));
        if (isLeft(decoded) || decoded.right.name !== "ledger-updated") {
          yield "a record under the key of a ledger is none";
          continue;
        }
        const { topic, partition, position, entries } = decoded.right.record;
        const name = `${topic}/${partition}`;
        const expected = tasks.get(name)?.countsAt.get(position);
        for (const entry of entries) {
          const line = `${name} ${entry.source_system}`;
          const counted = expected?.get(entry.source_system);
          if (expected !== undefined && counted !== countOf(entry)) {
            yield `a ledger line of ${line} at ${position} says ${countOf(entry)}, the log gives ${counted}`;
          }
          if (position >= (newest.get(line)?.position ?? 0)) newest.set(line, { position, counted: countOf(entry) });
        }
      }
    }
  }
  for (const [name, { ledger }] of tasks) {
    for (const { source, counts } of ledger) {
      const told = newest.get(`${name} ${source}`)?.counted;
      if (told === countOf(counts)) continue;
      yield `the newest ledger line of ${name} ${source} says ${told}, the log gives ${countOf(counts)}`;
    }
  }
}

/** Each record that lay in the wrong place has a copy in the right one. */
function* checkForwards(broker: SimBroker, { stories }: Reference): Generator<string> {
  const arrived = new Set<string>();
  const cursor = new RecordCursor();
  for (const topic of eventTopics) {
    for (const { batches } of broker.of(topic)) {
      for (const { bytes } of batches) {
        cursor.reset(bytes, 0);
        while (cursor.next()) {
          const from = cursor.headerCount === 0 ? undefined : cursor.header(forwardedFromHeader);
          if (from !== undefined) arrived.add(from);
        }
      }
    }
  }
  for (const { forwarded } of stories) {
    for (const from of forwarded) if (!arrived.delete(from)) yield `the record of ${from} was not sent on`;
  }
  for (const from of arrived) yield `a record says it was sent on from ${from}, which holds none that had to be`;
}
