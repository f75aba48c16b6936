import fc from "fast-check";
import { expect, test } from "vitest";
import { TokenBucket } from "./token-bucket.ts";

test("over any time no more passes than the rate allows, but for one second's worth and one request", () => {
  const request = fc.record({
    afterMs: fc.integer({ min: -50, max: 3_000 }),
    events: fc.integer({ min: 1, max: 500 }),
  });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1_000 }), fc.array(request, { maxLength: 50 }), (perSecond, requests) => {
      const bucket = new TokenBucket(perSecond);
      let nowMs = 1_000 + (requests[0]?.afterMs ?? 0);
      const firstMs = nowMs;
      let newestMs = nowMs;
      let passed = 0;
      let last = 0;
      for (const [n, { afterMs, events }] of requests.entries()) {
        if (n > 0) nowMs += afterMs;
        newestMs = Math.max(newestMs, nowMs);
        if (bucket.waitMs(nowMs) > 0) continue;
        bucket.take(events, nowMs);
        passed += events;
        last = events;
        const allowed = perSecond + ((newestMs - firstMs) * perSecond) / 1_000 + last;
        expect(passed).toBeLessThanOrEqual(allowed + 1e-6);
      }
    }),
    { numRuns: 1_000 },
  );
});

test("after the wait that it names, something passes", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1_000 }), fc.integer({ min: 1, max: 100_000 }), (perSecond, events) => {
      const bucket = new TokenBucket(perSecond);
      bucket.take(events, 0);
      expect(bucket.waitMs(bucket.waitMs(0) + 1)).toBe(0);
    }),
  );
});

test("a clock that is set back by an hour delays nobody by an hour", () => {
  const bucket = new TokenBucket(10);
  bucket.take(25, 3_600_000);
  expect(bucket.waitMs(0)).toBeLessThanOrEqual(1_500);
  expect(bucket.waitMs(2_000)).toBe(0);
});
