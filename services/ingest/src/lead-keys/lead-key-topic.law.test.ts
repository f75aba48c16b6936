import { decodeControl, encodeControl, leadKeysTopic } from "@leadwire/events";
import type { LogRecord } from "@leadwire/log";
import fc from "fast-check";
import { isLeft } from "fp-ts/lib/Either.js";
import { expect, test } from "vitest";
import { LeadKeyTopic } from "./lead-key-topic.ts";
import { CompactedLog } from "./testing/compacted-log.ts";

const leads = ["L1", "L2"] as const;
const partitions = 2;
const doors = 3;

type Step =
  | { readonly act: "use"; readonly leads: ReadonlyArray<string> }
  /** A new process takes the door's place; what the old one asked for may still happen. */
  | { readonly act: "kill" };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ act: fc.constant("use" as const), leads: fc.subarray([...leads], { minLength: 1 }) }),
  },
  { weight: 1, arbitrary: fc.constant({ act: "kill" as const }) },
);

const erasure = (leadId: string): LogRecord => ({
  topic: leadKeysTopic,
  key: Buffer.from(leadId),
  value: encodeControl({ name: "lead-key", record: { lead_id: leadId, key: null } }),
});

/** What a door was given for a lead, and whether the lead's erasure stood in the log when the door asked. */
interface Use {
  readonly leadId: string;
  readonly key: string | undefined;
  readonly wasErased: boolean;
}

class World {
  readonly log: CompactedLog;
  readonly uses: Use[] = [];
  readonly erased = new Set<string>();
  private keys = 0;

  constructor(turn: () => Promise<unknown>) {
    this.log = new CompactedLog(partitions, turn);
  }

  /** Each key is another one. */
  door(isDead: () => boolean): LeadKeyTopic {
    return new LeadKeyTopic({
      log: this.log.seenBy(isDead),
      partitions,
      randomKey: () => {
        this.keys += 1;
        return Buffer.alloc(32, this.keys);
      },
      onFailure: (cause) => {
        throw cause;
      },
    });
  }

  /** One place where doors run one after another, each killed by the next. */
  async run(steps: ReadonlyArray<Step>): Promise<void> {
    let kill = (): void => undefined;
    const open = (): LeadKeyTopic => {
      let dead = false;
      kill = () => {
        dead = true;
      };
      return this.door(() => dead);
    };
    let keys = open();
    await keys.start();
    for (const each of steps) {
      if (each.act === "kill") {
        kill();
        keys = open();
        await keys.start();
        continue;
      }
      // A kill must not wait for what the killed process waits for: uses go on beside the steps.
      const wasErased = new Map(each.leads.map((leadId) => [leadId, this.erased.has(leadId)]));
      const asked = keys;
      const used = asked.prepare(each.leads).then(() => {
        for (const leadId of each.leads) {
          const key = asked.keyFor(leadId);
          const text = key === undefined ? undefined : Buffer.from(key).toString("hex");
          this.uses.push({ leadId, key: text, wasErased: wasErased.get(leadId) === true });
        }
      });
      await Promise.race([used, new Promise((resolve) => setImmediate(resolve))]);
    }
  }

  erase(leadId: string): void {
    this.log.appendNow([erasure(leadId)]);
    this.erased.add(leadId);
  }

  /** Every key that stands in the log, in hex, of a lead. */
  standing(leadId: string): ReadonlyArray<string> {
    return this.log.records.flatMap(({ value }) => {
      const decoded = decodeControl(Buffer.from(value));
      if (isLeft(decoded) || decoded.right.name !== "lead-key") throw new Error("not a lead's key");
      const { lead_id, key } = decoded.right.record;
      return lead_id === leadId && key !== null ? [Buffer.from(key).toString("hex")] : [];
    });
  }
}

const keysOf = (uses: ReadonlyArray<Use>): ReadonlyArray<string> => [
  ...new Set(uses.flatMap(({ key }) => (key === undefined ? [] : [key]))),
];

test("doors that share a topic give a lead one key, for ever, until it is erased for good: with kills, late appends, and compaction at any time", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      fc.array(fc.array(step, { maxLength: 4 }), { minLength: doors, maxLength: doors }),
      fc.array(fc.constantFrom<string>(...leads, "", "", ""), { maxLength: 6 }),
      fc.infiniteStream(fc.boolean()),
      async (scheduler, places, outside, chances) => {
        const world = new World(() => scheduler.schedule(Promise.resolve()));
        const goes = (): boolean => chances.next().value === true;
        const running = places.map((steps) => world.run(steps));
        const others = outside.map(async (leadId) => {
          await scheduler.schedule(Promise.resolve());
          if (leadId === "") world.log.compact(goes);
          else world.erase(leadId);
        });
        await scheduler.waitFor(Promise.all([...running, ...others]));
        await scheduler.waitIdle();
        world.log.compact(() => true);

        const last = world.door(() => false);
        await scheduler.waitFor(last.start());
        await scheduler.waitIdle();
        expect(last.unremoved).toBe(0);
        world.log.compact(() => true);
        for (const leadId of leads) {
          const uses = world.uses.filter((use) => use.leadId === leadId);
          // 1. Before its erasure a lead has one key, whoever asks.
          expect(keysOf(uses.filter(({ wasErased }) => !wasErased)).length).toBeLessThanOrEqual(1);
          const known = keysOf(uses);
          if (world.erased.has(leadId)) {
            // 2. After it no key of the lead stands in the topic, whoever proposed it, and none is made again.
            expect(world.standing(leadId)).toEqual([]);
            await scheduler.waitFor(last.prepare([leadId]));
            expect(last.keyFor(leadId)).toBeUndefined();
          } else if (known.length > 0) {
            // 3. Without it whoever starts later, on whatever compaction has left, has the same key.
            await scheduler.waitFor(last.prepare([leadId]));
            expect(Buffer.from(last.keyFor(leadId) ?? []).toString("hex")).toBe(known[0]);
            expect(world.standing(leadId)).toEqual([known[0]]);
          }
        }
        await scheduler.waitFor(last.stop());
      },
    ),
    { numRuns: 300 },
  );
});
