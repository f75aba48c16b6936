import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { SalesEvent } from "@leadwire/events";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { post } from "../crash-run.ts";
import { leadwire, leadwireJson, type Served, serve, sharedData, temporaryDataDir } from "../leadwire-process.ts";
import { alertsIn } from "./alert-log.ts";
import { openWebhookReceiver, type WebhookReceiver } from "./webhook-receiver.ts";

const csv = join(sharedData, "crm-sales-opportunities", "sales_pipeline.csv");
const required = process.env.CI === "true";
const secret = `whsec_${Buffer.from("a secret of thirty-two bytes ...").toString("base64")}`;

const rules = `rules:
  - { id: unanswered, when: lead without response for 5 min }
  - { id: unanswered-in-hours, when: lead without response for 5 min of business hours }
  - { id: untouched, when: deal without activity for 7 business days }
  - { id: overdue, when: deal past its expected close }
`;

const liveLead = (id: string): SalesEvent => ({
  type: "lead-created",
  event_id: id,
  source_system: "web",
  occurred_at: Date.now() - 3_600_000,
  revision: 0,
  voided: false,
  lead_id: id,
});

describe.skipIf(!required && !existsSync(csv))(
  "the real CRM export, imported while rules watch for what is missing",
  () => {
    const data = temporaryDataDir();
    const folder = join(data.path, "..");
    const config = join(folder, "leadwire.yaml");
    let receiver: WebhookReceiver;
    let server: Served | undefined;
    const start = async (): Promise<Served> => {
      server = await serve(data.path, "--config", config);
      return server;
    };
    const stop = async (): Promise<void> => {
      server?.child.kill("SIGINT");
      await server?.finished;
      server = undefined;
    };
    const toldLeads = (): ReadonlyArray<string> =>
      receiver.taken.flatMap(({ alerts }) =>
        alerts.map(({ rule, status, labels }) => `${rule} ${status} ${labels.lead}`),
      );
    /** A live lead that is an hour late is told of: by then whatever else was due has been told, too. */
    const untilTold = async (served: Served, lead: string): Promise<void> => {
      expect(await post(served.url, [liveLead(lead)])).toBe(true);
      await vi.waitFor(() => expect(toldLeads()).toContain(`unanswered firing ${lead}`), {
        timeout: 30_000,
        interval: 20,
      });
    };

    beforeAll(async () => {
      receiver = await openWebhookReceiver(secret);
      mkdirSync(join(folder, "alerts"));
      writeFileSync(join(folder, "secret"), secret);
      writeFileSync(config, "currency: USD\n");
      writeFileSync(join(folder, "alerts", "watch.yaml"), rules);
      writeFileSync(
        join(folder, "alerts", "notifications.yaml"),
        `allow_private: [127.0.0.1]
receivers: [{ name: ops, webhook: { url: "${receiver.url}", secret: { file: ${join(folder, "secret")} } } }]
route: { receivers: [ops], group_by: [rule, lead] }
`,
      );
      const { url } = await start();
      expect(url).toMatch(/^http/);
      const options = ["--data-dir", data.path, "--config", config];
      const summary = await leadwireJson("import", csv, "--mapping", "crm-sales-opportunities", ...options);
      expect(summary).toMatchObject({ events: { applied: 23_311 } });
    });
    afterAll(async () => {
      await stop();
      await receiver.close();
      data.dispose();
    });

    test("pages nobody, while what happens live does", async () => {
      await untilTold(server ?? (await start()), "live-1");
      expect(toldLeads().filter((each) => !each.endsWith("live-1"))).toEqual([]);
    });

    test("pages nobody after a restart and after a rebuild, either", async () => {
      await stop();
      const before = receiver.taken.length;
      const served = await start();
      await untilTold(served, "live-2");
      // Beside what serves: the rules go on over the new generation in the same process.
      const rebuilt = await leadwire("rebuild", "--data-dir", data.path, "--config", config);
      expect(rebuilt.code, rebuilt.stderr).toBe(0);
      await untilTold(served, "live-3");
      await stop();
      expect(receiver.wrong).toEqual([]);
      expect(
        toldLeads()
          .slice(before)
          .filter((each) => !/live-[23]$/u.test(each)),
      ).toEqual([]);
      const { transitions } = await alertsIn(data.path);
      expect(transitions.filter(({ labels }) => !labels.lead?.startsWith("live-")).map(({ rule }) => rule)).toEqual([]);
    });
  },
);
