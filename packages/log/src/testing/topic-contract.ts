import { describe, expect, test } from "vitest";
import type { ContractContext } from "./log-under-test.ts";

export const topicContract = ({ under, freshTopic }: ContractContext): void => {
  describe("ensureTopics", () => {
    test("creates what is missing, once, and keeps it over a restart", async () => {
      const topic = await freshTopic(3, 3_600_000);
      const settings = { name: topic, partitions: 3, retentionMs: 3_600_000 };
      await Promise.all([under().log.ensureTopics([settings]), under().log.ensureTopics([settings, settings])]);
      const kept = await (await under().reopen()).topics();
      expect(kept.filter(({ name }) => name === topic)).toEqual([settings]);
    });

    test("refuses another partition count and names both, and creates nothing beside it", async () => {
      const topic = await freshTopic(3);
      const asked = [
        { name: `${topic}-beside`, partitions: 1 },
        { name: topic, partitions: 4 },
      ];
      const refused = under().log.ensureTopics(asked);
      await expect(refused).rejects.toMatchObject({ _tag: "TopicConflict" });
      await expect(refused).rejects.toThrow(/has 3 partitions, the configuration says 4/);
      expect((await under().log.topics()).map(({ name }) => name)).not.toContain(`${topic}-beside`);
    });

    test("takes over another retention", async () => {
      const topic = await freshTopic(1);
      await under().log.ensureTopics([{ name: topic, partitions: 1, retentionMs: 1000 }]);
      expect(await under().log.topics()).toContainEqual({ name: topic, partitions: 1, retentionMs: 1000 });
    });

    test.each(["", "a b", "..", "x".repeat(250)])("refuses %j as a name", async (name) => {
      await expect(under().log.ensureTopics([{ name, partitions: 1 }])).rejects.toMatchObject({
        _tag: "TopicConflict",
      });
    });

    test.each([0, -1, 1.5])("refuses %d partitions", async (partitions) => {
      await expect(under().log.ensureTopics([{ name: "contract-count", partitions }])).rejects.toMatchObject({
        _tag: "TopicConflict",
      });
    });
  });
};
