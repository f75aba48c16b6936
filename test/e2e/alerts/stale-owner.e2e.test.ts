import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { type ClusterRig, startClusterRig } from "../cluster-rig.ts";
import { post } from "../crash-run.ts";
import { openWebhookReceiver, type WebhookReceiver } from "./webhook-receiver.ts";

const secret = `whsec_${Buffer.from("a secret of thirty-two bytes ...").toString("base64")}`;
const waitTerms = { timeout: 60_000, interval: 50 };

let rig: ClusterRig;
let receiver: WebhookReceiver;
beforeAll(async () => {
  receiver = await openWebhookReceiver(secret);
  rig = await startClusterRig();
  mkdirSync(join(rig.folder, "alerts"));
  writeFileSync(join(rig.folder, "secret"), secret);
  // Files enough for both copies to have some of them.
  for (const name of ["a", "b", "c", "d", "e", "f"])
    writeFileSync(
      join(rig.folder, "alerts", `${name}.yaml`),
      `rules: [{ id: many-${name}, when: new_leads day by channel >= 1 }]\n`,
    );
  writeFileSync(
    join(rig.folder, "alerts", "notifications.yaml"),
    `allow_private: [127.0.0.1]
receivers: [{ name: ops, webhook: { url: "${receiver.url}", secret: { file: ${join(rig.folder, "secret")} } } }]
route: { receivers: [ops], group_by: [rule, channel] }
`,
  );
}, 60_000);
afterAll(async () => {
  await rig.dispose();
  await receiver.close();
}, 30_000);

/** Keys that told of a rule and channel. */
const keysOf = (): ReadonlyMap<string, ReadonlySet<string>> => {
  const found = new Map<string, Set<string>>();
  for (const { key, alerts } of receiver.taken)
    for (const { rule, labels } of alerts)
      if (rule.startsWith("many-"))
        found.set(`${rule} ${labels.channel}`, (found.get(`${rule} ${labels.channel}`) ?? new Set()).add(key));
  return found;
};

test("a copy that is frozen past its session sends nothing of its own when it wakes: each alert has one key", async () => {
  await rig.start("processor");
  const ingest = await rig.start("ingest");
  const one = await rig.start("alerts", "one");
  await rig.start("alerts", "two");
  const trip = async (channel: string): Promise<void> => {
    const event = {
      type: "lead-created",
      event_id: channel,
      source_system: "crm",
      occurred_at: Date.now(),
      revision: 0,
      voided: false,
      lead_id: channel,
      channel,
    } as const;
    expect(await post(ingest.url, [event])).toBe(true);
  };
  const untilTold = (channels: number): Promise<void> =>
    vi.waitFor(() => expect(keysOf().size).toBe(6 * channels), waitTerms);
  await trip("before");
  await untilTold(1);
  one.child.kill("SIGSTOP");
  await trip("frozen");
  // The other copy has all partitions once the session of the frozen one is over.
  await untilTold(2);
  one.child.kill("SIGCONT");
  await trip("awake");
  await untilTold(3);
  expect(receiver.wrong).toEqual([]);
  expect([...keysOf()].filter(([, keys]) => keys.size !== 1)).toEqual([]);
});
