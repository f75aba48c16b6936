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
      let nowMs = 1_000;
      let newestMs = nowMs;
      let passed = 0;
      let last = 0;
      for (const { afterMs, events } of requests) {
        nowMs += afterMs;
        newestMs = Math.max(newestMs, nowMs);
        if (bucket.waitMs(nowMs) > 0) continue;
        bucket.take(events, nowMs);
        passed += events;
        last = events;
        const allowed = perSecond + ((newestMs - 1_000) * perSecond) / 1_000 + last;
        expect(passed).toBeLessThanOrEqual(allowed + 1e-6);
      }
    }),
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
