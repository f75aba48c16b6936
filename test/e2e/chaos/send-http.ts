import { eventToJson } from "@leadwire/events";
import type { Random } from "../../oracle/random.ts";
import type { Acknowledged, Send } from "./producer.ts";
import type { Delivery } from "./workload.ts";

/** A door that does not answer is given up, and another is asked. */
const answerMsMax = 3_000;
/** One request in so many is given up by its producer while it is under way. */
const impatience = 0.02;

interface Answer {
  readonly results: ReadonlyArray<{ readonly index: number; readonly status: string; readonly reason?: string }>;
}

const bodyOf = (deliveries: ReadonlyArray<Delivery>): string =>
  JSON.stringify(
    deliveries.map(({ event, contact }) =>
      contact === undefined ? eventToJson(event) : { ...eventToJson(event), contact },
    ),
  );

/** Posts to any of the doors that run. What a door refuses for good must be the fault of a wrong clock. */
export const sendOverHttp =
  (urls: () => ReadonlyArray<string>, random: Random, acknowledged: Acknowledged): Send =>
  async (deliveries) => {
    const doors = urls();
    if (doors.length === 0) return deliveries;
    const patienceMs = random.chance(impatience) ? random.whole(1, 40) : answerMsMax;
    let answer: Response;
    let text: string;
    try {
      answer = await fetch(`${random.pick(doors)}/v1/events`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: bodyOf(deliveries),
        signal: AbortSignal.timeout(patienceMs),
      });
      text = await answer.text();
    } catch {
      // Whether they were taken is unknown.
      return deliveries;
    }
    if ([408, 429, 503].includes(answer.status)) return deliveries;
    if (answer.status !== 200 && answer.status !== 422) {
      throw new Error(`POST /v1/events answered ${answer.status}: ${text.slice(0, 500)}`);
    }
    const { results } = JSON.parse(text) as Answer;
    if (results.length !== deliveries.length) {
      throw new Error(`POST /v1/events gave ${results.length} results for ${deliveries.length} events`);
    }
    for (const { index, status, reason } of results) {
      const delivery = deliveries[index];
      if (delivery === undefined) throw new Error(`POST /v1/events spoke of event ${index}, which was not sent`);
      if (status === "accepted") acknowledged.add(delivery.event);
      else if (reason === "in_future") acknowledged.refused += 1;
      else throw new Error(`POST /v1/events refused an event as ${reason}: ${text.slice(0, 500)}`);
    }
    return [];
  };
