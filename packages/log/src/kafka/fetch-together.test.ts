import { expect, test } from "vitest";
import { FetchTogether } from "./fetch-together.ts";
import { Interrupted } from "./interrupted.ts";
import { WireReader } from "./wire/wire-reader.ts";
import { WireWriter } from "./wire/wire-writer.ts";

interface Asked {
  readonly node: number;
  readonly totalBytes: number;
  readonly places: ReadonlyArray<{ readonly topic: string; readonly partition: number; readonly offset: number }>;
}

const askedIn = (node: number, request: Buffer): Asked => {
  const reader = new WireReader(request);
  reader.int32(); // consumer
  reader.int32(); // longest wait
  reader.int32(); // fewest bytes
  const totalBytes = reader.int32();
  reader.int8(); // isolation
  reader.int32(); // session
  reader.int32(); // its epoch
  const places = reader
    .array((topics) => {
      const topic = topics.text();
      return topics.array((each) => {
        const partition = each.int32();
        each.int32(); // leader epoch
        const offset = each.int64();
        each.int64(); // log start
        each.int32(); // most bytes
        return { topic, partition, offset };
      });
    })
    .flat();
  return { node, totalBytes, places };
};

/** Answers each partition with its offset plus 1 as its end. */
const answerTo = (places: Asked["places"]): WireReader => {
  const body = new WireWriter().int32(0).int16(0).int32(0);
  body.array(places, ({ topic, partition, offset }) => {
    body.text(topic).array([partition], (each) => {
      body
        .int32(each)
        .int16(0)
        .int64(offset + 1)
        .int64(0)
        .int64(0);
      body
        .array([], () => undefined)
        .int32(-1)
        .bytes(Buffer.from(`${topic}-${partition}`));
    });
  });
  return new WireReader(body.take());
};

const counted = (answer: (asked: Asked) => WireReader = ({ places }) => answerTo(places)) => {
  const requests: Array<Asked> = [];
  const together = new FetchTogether(async (node, request) => {
    const asked = askedIn(node, request);
    requests.push(asked);
    return answer(asked);
  });
  return { requests, together };
};

const at = (topic: string, partition: number, offset: number) => ({ topic, partition, offset });

test("what is asked of one broker in one turn travels as one request, and each gets its own answer", async () => {
  const { requests, together } = counted();
  const answers = await Promise.all([
    together.ask(1, at("a", 0, 10), 100),
    together.ask(1, at("a", 1, 20), 100),
    together.ask(2, at("a", 2, 30), 100),
    together.ask(1, at("b", 0, 40), 300),
  ]);
  expect(answers.map(({ endOffset }) => endOffset)).toEqual([11, 21, 31, 41]);
  expect(answers.map(({ bytes }) => bytes.toString())).toEqual(["a-0", "a-1", "a-2", "b-0"]);
  expect(requests.map(({ node, places }) => [node, places.length])).toEqual([
    [1, 3],
    [2, 1],
  ]);
  expect(requests[0]?.totalBytes).toBe(900);
});

test("a partition asked for twice is in two requests", async () => {
  const { requests, together } = counted();
  const answers = await Promise.all([together.ask(1, at("a", 0, 10), 100), together.ask(1, at("a", 0, 20), 100)]);
  expect(answers.map(({ endOffset }) => endOffset)).toEqual([11, 21]);
  expect(requests).toHaveLength(2);
});

test("a request that fails fails for all that is in it, and the next one stands for itself", async () => {
  let broken = true;
  const { together } = counted(({ places }) => {
    if (broken) throw new Interrupted("gone");
    return answerTo(places);
  });
  const failed = await Promise.allSettled([together.ask(1, at("a", 0, 10), 100), together.ask(1, at("a", 1, 10), 100)]);
  expect(failed.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  broken = false;
  await expect(together.ask(1, at("a", 0, 10), 100)).resolves.toMatchObject({ endOffset: 11 });
});

test("a partition that the broker leaves out is asked for again by whoever waits", async () => {
  const { together } = counted(({ places }) => answerTo(places.slice(1)));
  const [first, second] = await Promise.allSettled([
    together.ask(1, at("a", 0, 10), 100),
    together.ask(1, at("a", 1, 10), 100),
  ]);
  expect(first).toMatchObject({ status: "rejected", reason: expect.any(Interrupted) });
  expect(second.status).toBe("fulfilled");
});
