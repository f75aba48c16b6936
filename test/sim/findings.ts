import { accountLogTopic, quarantineTopic } from "@leadwire/events";
import { RecordCursor } from "@leadwire/log";
import type { Cast } from "./cast.ts";
import { checkLedgers } from "./check-ledgers.ts";
import { checkTold } from "./check-told.ts";
import { compareWithOracle } from "./compare-oracle.ts";
import { compareReaders } from "./compare-readers.ts";
import { Reference } from "./reference.ts";
import { generation } from "./world.ts";

const findingsMax = 12;

/** Everything that differs from what the final log says; empty where all is well. */
export const findings = async (cast: Cast): Promise<ReadonlyArray<string>> => {
  const { world } = cast;
  const reference = new Reference(world.scenario, world.broker);
  const found = [
    ...checkAcknowledged(cast),
    ...checkLedgers(cast, reference),
    ...checkQuarantine(cast, reference),
    ...checkAccounts(reference),
    ...checkTold(world.broker, reference),
    ...compareReaders(cast, reference),
    ...(world.scenario.isThorough ? await compareWithOracle(cast, reference) : []),
  ];
  return found.slice(0, findingsMax);
};

/** What was acknowledged is in the log. */
function* checkAcknowledged({ workload, world: { broker } }: Cast): Generator<string> {
  const held = new Set<string>();
  const cursor = new RecordCursor();
  for (const topic of new Set(workload.acknowledged.map((record) => record.topic))) {
    for (const { batches } of broker.of(topic)) {
      for (const { bytes } of batches) {
        cursor.reset(bytes, 0);
        while (cursor.next()) held.add(topic + cursor.bytes.toString("latin1", cursor.valueStart, cursor.valueEnd));
      }
    }
  }
  for (const { topic, value } of workload.acknowledged) {
    if (!held.has(topic + Buffer.from(value).toString("latin1")))
      yield `an acknowledged record of ${topic} is not in the log`;
  }
}

function* checkQuarantine({ world: { broker } }: Cast, reference: Reference): Generator<string> {
  const cursor = new RecordCursor();
  const found = new Set<string>();
  for (const { batches } of broker.of(quarantineTopic)) {
    for (const { bytes } of batches) {
      cursor.reset(bytes, 0);
      while (cursor.next()) found.add(cursor.bytes.toString("utf8", cursor.keyStart, cursor.keyEnd));
    }
  }
  for (const { topic, partition, quarantined } of reference.stories) {
    for (const id of quarantined) {
      if (!found.delete(id)) yield `${id} of ${topic}/${partition} is not on the quarantine topic`;
    }
  }
  for (const id of found) yield `${id} is on the quarantine topic, and no record of the log gives it`;
}

/** The account log holds what the funnel's tasks told: the same facts come of one that is made anew. */
function* checkAccounts({ stories, accountFacts }: Reference): Generator<string> {
  const left = new Map(accountFacts);
  for (const { topic, standing } of stories) {
    if (topic !== accountLogTopic(generation)) continue;
    for (const [id, { isPresent, text }] of standing) {
      if (!isPresent) continue;
      if (left.get(id) !== text) yield `the account log gives ${id} ${text}, made anew ${left.get(id) ?? "nothing"}`;
      left.delete(id);
    }
  }
  for (const [id, text] of left) yield `the account log lacks what makes ${id} ${text}`;
}
