import type { SendOutcome } from "@leadwire/alerts";
import fc from "fast-check";
import { expect, test } from "vitest";
import { playedTime } from "../testing/played-time.ts";
import { toldMessage } from "../testing/told-alert.ts";
import { Delivery } from "./delivery.ts";
import { defaultDeliveryPolicy } from "./delivery-policy.ts";

const outcomes: ReadonlyArray<SendOutcome> = [
  { _tag: "Delivered", detail: "" },
  { _tag: "Retry", detail: "" },
  { _tag: "Retry", detail: "", afterMs: 30_000 },
  { _tag: "Refused", detail: "" },
];

const notification = fc.record({
  receiver: fc.constantFrom("ops", "sales", "wall"),
  group: fc.integer({ min: 0, max: 5 }),
  /** How long after the one before it is planned. */
  gapMs: fc.constantFrom(0, 0, 10, 5000, 600_000),
});
const answer = fc.record({ which: fc.nat({ max: 3 }), takesMs: fc.constantFrom(0, 1, 100, 9000) });

test("every notification is settled once, those of a group in their order, whatever receivers answer", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(notification, { maxLength: 40 }),
      fc.infiniteStream(answer),
      fc.infiniteStream(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })),
      async (notifications, answers, chances) => {
        const time = playedTime();
        const settled: string[] = [];
        const busy = new Map<string, number>();
        const delivery = new Delivery({
          channelOf: (receiver) => ({
            send: async () => {
              const atOnce = (busy.get(receiver) ?? 0) + 1;
              busy.set(receiver, atOnce);
              expect(atOnce).toBeLessThanOrEqual(4);
              const { which, takesMs } = answers.next().value;
              await new Promise<void>((resolve) => time.after(takesMs, resolve));
              busy.set(receiver, (busy.get(receiver) ?? 0) - 1);
              return outcomes[which] ?? { _tag: "Delivered", detail: "" };
            },
          }),
          onSettled: (key) => settled.push(key),
          nowMs: time.nowMs,
          after: time.after,
          random: () => chances.next().value,
          policy: defaultDeliveryPolicy,
        });
        const groups = new Map<string, string[]>();
        for (const [at, { receiver, group, gapMs }] of notifications.entries()) {
          await time.pass(gapMs);
          const groupKey = `${receiver} ${group}`;
          groups.set(groupKey, [...(groups.get(groupKey) ?? []), `${at}`]);
          const planned_at = new Date(time.nowMs()).toISOString();
          delivery.deliver(`${at}`, receiver, groupKey, () => toldMessage({ planned_at }));
        }
        await time.pass(5 * 86_400_000);
        expect(settled).toHaveLength(notifications.length);
        expect(time.waiting()).toBe(0);
        for (const keys of groups.values()) expect(settled.filter((key) => keys.includes(key))).toEqual(keys);
      },
    ),
    { numRuns: 60 },
  );
});
