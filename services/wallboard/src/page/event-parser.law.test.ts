import fc from "fast-check";
import { expect, test } from "vitest";
import { createEventParser, type StreamMessage } from "./event-parser.ts";

const stream =
  'id: e.1\nevent: snapshot\ndata: {"a":"ă€"}\n\n: beat\n\nid: e.2\r\nevent: change\r\ndata: {"b":2}\r\n\r\ndata: half';
const messages: StreamMessage[] = [
  { id: "e.1", data: '{"a":"ă€"}' },
  { id: "e.2", data: '{"b":2}' },
];

test("the same messages come out however the text is cut, and no half one", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(stream.length)), (cuts) => {
      const found: StreamMessage[] = [];
      const parse = createEventParser((message) => found.push(message));
      const edges = [0, ...cuts.sort((a, b) => a - b), stream.length];
      edges.slice(1).forEach((edge, index) => {
        parse(stream.slice(edges[index], edge));
      });
      expect(found).toEqual(messages);
    }),
  );
});
