import { createServer, type Server, type ServerResponse } from "node:http";
import type { NotificationMessage } from "@leadwire/alerts";
import { type AlertChanged, alertsTopic, decodeAlert, type SalesEvent } from "@leadwire/events";
import { type EventLog, RecordCursor } from "@leadwire/log";
import { isRight } from "fp-ts/lib/Either.js";
import { afterEach, describe, expect, it, vi } from "vitest";
import { alertsOf, type LiveCompany, openLiveCompany } from "./testing/live-company.ts";

const waitTerms = { timeout: 20_000, interval: 10 };
const dayMs = 86_400_000;

let company: LiveCompany;
const servers: Array<Server> = [];
afterEach(async () => {
  await company.dispose();
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => void server.close(resolve));
  }
});

/** What a receiver took, and where it is. */
const openReceiver = async (
  answer: (response: ServerResponse) => void = (response) => void response.writeHead(204).end(),
) => {
  const taken: Array<NotificationMessage> = [];
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (part: Buffer) => {
      body += part.toString();
    });
    request.on("end", () => {
      taken.push(JSON.parse(body));
      answer(response);
    });
  });
  servers.push(server);
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const told = (): ReadonlyArray<string> =>
    taken.flatMap(({ alerts }) =>
      alerts.map(({ rule, status, labels }) => [rule, status, ...Object.values(labels)].join(" ")),
    );
  return { url: `http://127.0.0.1:${port}/`, taken, told };
};

const webhook = (name: string, url: string): string =>
  `  - { name: ${name}, webhook: { url: "${url}", secret: { env: SECRET } } }\n`;
const notifications = (receivers: Readonly<Record<string, string>>): string =>
  `allow_private: [127.0.0.1]\nreceivers:\n${Object.entries(receivers)
    .map(([name, url]) => webhook(name, url))
    .join("")}route: { receivers: [${Object.keys(receivers).join(", ")}], group_by: [...], group_interval: 0 s }\n`;

const manyLeads = (level: number): string =>
  `rules:\n  - { id: many-leads, when: "new_leads 30d by channel >= ${level}" }\n`;
const unanswered = "rules:\n  - { id: unanswered, when: lead without response for 5 min }\n";

const lead = (id: string, atMs: number, channel = "web"): SalesEvent => ({
  type: "lead-created",
  event_id: id,
  source_system: "crm",
  occurred_at: atMs,
  revision: 0,
  voided: false,
  lead_id: id,
  channel,
});

const transitionsIn = async (log: EventLog): Promise<ReadonlyArray<AlertChanged>> => {
  const found: Array<AlertChanged> = [];
  const cursor = new RecordCursor();
  for (const { name, partitions } of await log.topics()) {
    if (name !== alertsTopic) continue;
    for (let partition = 0; partition < partitions; partition += 1) {
      const { bytes } = await log.read({ topic: name, partition }, 0, 1 << 24);
      cursor.reset(bytes, 0);
      while (cursor.next()) {
        const decoded = decodeAlert(cursor.bytes.subarray(cursor.valueStart, cursor.valueEnd));
        if (isRight(decoded) && decoded.right.name === "alert-changed") found.push(decoded.right.record);
      }
    }
  }
  return found;
};

describe("the alert service", () => {
  it("tells the receivers that answer at once, while another is dead and a third never answers", async () => {
    company = await openLiveCompany();
    const fast = await openReceiver();
    const slow = await openReceiver(() => undefined);
    const nobody = "http://127.0.0.1:9/";
    const config = alertsOf(
      { sales: manyLeads(2), notifications: notifications({ dead: nobody, slow: slow.url, fast: fast.url }) },
      company.workspace,
    );
    await company.openService(config);
    await company.live();
    const channels = Array.from({ length: 30 }, (_, n) => `channel-${n}`);
    for (const channel of channels)
      await company.append([1, 2].map((n) => lead(`${channel}-${n}`, company.nowMs(), channel)));
    await vi.waitFor(() => expect(new Set(fast.told()).size).toBe(channels.length), waitTerms);
    // Four groups at once, none of which has come to its end.
    expect(slow.taken.length).toBeLessThanOrEqual(4);
  });

  it("takes changed rules and receivers without a restart, and the alert goes on by the new text", async () => {
    company = await openLiveCompany();
    const [before, after] = [await openReceiver(), await openReceiver()];
    const configOf = (level: number, ops: string) =>
      alertsOf({ sales: manyLeads(level), notifications: notifications({ ops }) }, company.workspace);
    const service = await company.openService(configOf(2, before.url));
    await company.live();
    await company.append([1, 2].map((n) => lead(`L${n}`, company.nowMs())));
    await vi.waitFor(() => expect(before.told()).toEqual(["many-leads firing web"]), waitTerms);
    service.reload(configOf(3, after.url));
    await vi.waitFor(() => expect(after.told()).toEqual(["many-leads resolved web"]), waitTerms);
    await company.append([lead("L3", company.nowMs())]);
    await vi.waitFor(() => expect(after.told().at(-1)).toBe("many-leads firing web"), waitTerms);
    expect(before.taken).toHaveLength(1);
  });

  it("tells a timer that was due while nobody ran, of what is missing still; and nothing about an import", async () => {
    company = await openLiveCompany();
    const ops = await openReceiver();
    const config = alertsOf({ leads: unanswered, notifications: notifications({ ops: ops.url }) }, company.workspace);
    const atMs = company.nowMs();
    await company.append([lead("live", atMs)]);
    await company.append(
      Array.from({ length: 50 }, (_, n) => lead(`old-${n}`, atMs - 30 * dayMs)),
      "import-1",
    );
    company.passMs(10 * 60_000);
    await company.openService(config);
    await vi.waitFor(() => expect(ops.taken).toHaveLength(1), waitTerms);
    expect(ops.taken[0]?.alerts).toMatchObject([
      { rule: "unanswered", labels: { lead: "live" }, at: new Date(atMs + 5 * 60_000).toISOString() },
    ]);
    expect(await transitionsIn(company.log)).toHaveLength(1);
  });

  it("holds rules on numbers while an import brings them, and tells what they have come to", async () => {
    company = await openLiveCompany();
    const ops = await openReceiver();
    const files = { sales: manyLeads(2), waiting: unanswered, notifications: notifications({ ops: ops.url }) };
    await company.openService(alertsOf(files, company.workspace));
    await company.live();
    const atMs = company.nowMs();
    await company.append(
      [1, 2].map((n) => lead(`half-${n}`, atMs - dayMs)),
      "import-1",
    );
    await company.append([lead("late", atMs - 3_600_000, "phone")]);
    // Timers go on: when this was told, the numbers were there, too.
    await vi.waitFor(() => expect(ops.told()).toEqual(["unanswered firing phone late"]), waitTerms);
    expect((await transitionsIn(company.log)).map(({ rule }) => rule)).toEqual(["unanswered"]);
    company.passMs(11_000);
    await vi.waitFor(() => expect(ops.told()).toContain("many-leads firing web"), waitTerms);
  });

  it("raises nothing about a week in which it did not run and all was put right", async () => {
    company = await openLiveCompany();
    const ops = await openReceiver();
    const rules = "rules:\n  - { id: many-leads, when: new_leads day >= 2 }\n";
    const config = alertsOf({ sales: rules, notifications: notifications({ ops: ops.url }) }, company.workspace);
    await company.append([lead("L1", company.nowMs()), lead("L2", company.nowMs())]);
    company.passMs(7 * dayMs);
    await company.append([lead("L3", company.nowMs())]);
    const service = await company.openService(config);
    await company.live();
    await vi.waitFor(() => expect(service.stats().evaluations).toBeGreaterThan(2), waitTerms);
    expect(ops.taken).toEqual([]);
    expect(await transitionsIn(company.log)).toEqual([]);
  });

  it("tells once what became true by another generation's formulas, and says so", async () => {
    company = await openLiveCompany();
    const ops = await openReceiver();
    const config = alertsOf({ sales: manyLeads(2), notifications: notifications({ ops: ops.url }) }, company.workspace);
    const former = await company.openService(config, { generation: "former" });
    await company.live();
    await former.stop();
    await company.append([1, 2].map((n) => lead(`L${n}`, company.nowMs())));
    await company.live();
    await company.openService(config, { generation: "test" });
    await vi.waitFor(() => expect(ops.taken).toHaveLength(1), waitTerms);
    expect(ops.taken[0]?.alerts).toMatchObject([{ cause: "formula_changed" }]);
  });
});
