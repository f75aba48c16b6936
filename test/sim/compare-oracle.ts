import { contentHash, decodeEvent, eventTopics, keyOf, topicOf } from "@leadwire/events";
import { ZoneCalendar } from "@leadwire/funnel";
import { arraySource, evaluateKpi } from "@leadwire/kpis";
import { partitionOf, RecordCursor } from "@leadwire/log";
import { isLeft } from "fp-ts/lib/Either.js";
import { answerDifference } from "../oracle/answer-difference.ts";
import { companyOf } from "../oracle/company.ts";
import type { OracleRecord } from "../oracle/log-input.ts";
import { answer } from "../oracle/oracle.ts";
import { randomQuestions } from "../oracle/random-question.ts";
import type { Cast } from "./cast.ts";
import type { Reference } from "./reference.ts";
import type { SimBroker } from "./sim-broker.ts";

const questions = 25;

/** KPIs of the facts that the log gives, against an evaluator that shares no code with the engine. */
export const compareWithOracle = async (
  { world: { scenario, broker } }: Cast,
  { stories }: Reference,
): Promise<ReadonlyArray<string>> => {
  const { company, workspace, catalogue } = scenario;
  const events = recordsIn(broker);
  if (events.length === 0) return [];
  const oracle = companyOf({ events, workspace, contentHash });
  const context = {
    catalogue,
    workspace,
    calendar: new ZoneCalendar(workspace.timeZone),
    source: arraySource(stories.flatMap(({ facts }) => facts)),
    meta: { completeThroughMs: null, hasActivity: oracle.hasActivity },
  };
  const differences: Array<string> = [];
  for (const question of randomQuestions({ ...company, events }, questions)) {
    const found = await evaluateKpi(question, context);
    if (isLeft(found)) throw new Error(`${JSON.stringify(question)}: ${found.left.message}`);
    const difference = answerDifference(question.metric, found.right, answer(oracle, question));
    if (difference !== undefined) differences.push(`${JSON.stringify(question)}: ${difference}`);
  }
  return differences;
};

/** The events of the log that lie where they belong; what was sent on counts where it arrived. */
const recordsIn = (broker: SimBroker): ReadonlyArray<OracleRecord> => {
  const records: Array<OracleRecord> = [];
  const cursor = new RecordCursor();
  for (const topic of eventTopics) {
    for (const { place, batches } of broker.of(topic)) {
      let appendTimeMs = 0;
      for (const { bytes } of batches) {
        cursor.reset(bytes, 0);
        while (cursor.next()) {
          appendTimeMs = Math.max(appendTimeMs, cursor.appendTimeMs);
          const decoded = decodeEvent(cursor.bytes.subarray(cursor.valueStart, cursor.valueEnd));
          if (isLeft(decoded)) continue;
          const event = decoded.right;
          const isHome =
            topicOf(event.type) === topic &&
            partitionOf(Buffer.from(keyOf(event)), broker.partitions) === place.partition;
          if (isHome) records.push({ event, appendTimeMs });
        }
      }
    }
  }
  return records;
};
