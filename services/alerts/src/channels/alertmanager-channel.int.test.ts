import type { Channel, Receiver } from "@leadwire/alerts";
import { isLeft, right } from "fp-ts/lib/Either.js";
import { afterAll, beforeAll, expect, test } from "vitest";
import { alertmanagerProgram, type RunningAlertmanager, startAlertmanager } from "../testing/alertmanager.ts";
import { type HttpReceiver, openHttpReceiver } from "../testing/http-receiver.ts";
import { channelDeps, toldAlert, toldMessage } from "../testing/told-alert.ts";
import { openChannel } from "./open-channel.ts";

const program = alertmanagerProgram();
if (program === undefined)
  console.warn("The tests with a real Alertmanager are left out: infra/ci/install-alertmanager.sh installs it.");

const signal = new AbortController().signal;
let alertmanager: RunningAlertmanager | undefined;
let pager: HttpReceiver | undefined;

const urlOf = (): string => alertmanager?.url ?? "";

beforeAll(async () => {
  if (program === undefined) return;
  pager = await openHttpReceiver((_request, response) => void response.writeHead(200).end());
  alertmanager = await startAlertmanager(program, `http://127.0.0.1:${pager.port}/`);
});
afterAll(async () => {
  await alertmanager?.stop();
  await pager?.close();
});

const opened = (url: string, changes: Partial<Extract<Receiver, { _tag: "Alertmanager" }>> = {}): Channel => {
  const deps = channelDeps({
    allowPrivate: ["127.0.0.1"],
    nowMs: () => Date.now(),
    readSecret: () => right("hunter22"),
  });
  const channel = openChannel({ _tag: "Alertmanager", name: "am", url, ...changes }, deps);
  if (isLeft(channel)) throw new Error(channel.left);
  return channel.right;
};

interface Held {
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly startsAt: string;
  readonly generatorURL: string;
}

/** What the Alertmanager holds as firing. */
const held = async (fingerprint: string): Promise<ReadonlyArray<Held>> => {
  const filter = encodeURIComponent(`leadwire_fingerprint="${fingerprint}"`);
  const response = await fetch(`${urlOf()}/api/v2/alerts?filter=${filter}`);
  return (await response.json()) as ReadonlyArray<Held>;
};

test.skipIf(program === undefined)(
  "an alert fires in a real Alertmanager, which tells it on, and resolves",
  async () => {
    const channel = opened(urlOf());
    const alert = toldAlert({ fingerprint: "one", labels: { team: "north", "deal-size": "größer" } });
    const url = "https://leadwire.example/alerts";
    expect(await channel.send(toldMessage({ alerts: [alert], url }), signal)).toMatchObject({ _tag: "Delivered" });
    await expect
      .poll(() => held("one"), { timeout: 10_000 })
      .toMatchObject([
        {
          labels: {
            alertname: "win-rate-low",
            rule_set: "sales",
            severity: "warning",
            team: "north",
            deal_size: "größer",
          },
          annotations: {
            summary: alert.summary,
            value: "21.40 % (3 of 14), against 25.00 %",
            explain: alert.explain,
          },
          startsAt: alert.started_at,
          generatorURL: url,
        },
      ]);
    const told = (): string => (pager?.received ?? []).map(({ body }) => body).join("\n");
    await expect.poll(told, { timeout: 10_000 }).toContain('"leadwire_fingerprint":"one"');
    // Told twice it is held once.
    await channel.send(toldMessage({ alerts: [alert], url }), signal);
    expect(await held("one")).toHaveLength(1);
    const resolved = { ...alert, status: "resolved" as const, at: new Date().toISOString() };
    expect(await channel.send(toldMessage({ status: "resolved", alerts: [resolved] }), signal)).toMatchObject({
      _tag: "Delivered",
    });
    await expect.poll(() => held("one"), { timeout: 10_000 }).toEqual([]);
  },
);

test.skipIf(program === undefined)("an alert that goes a step further takes the place of what it was", async () => {
  const channel = opened(urlOf());
  const first = toldAlert({ fingerprint: "two", labels: { lead: "L1", owner: "ana" } });
  await channel.send(toldMessage({ alerts: [first] }), signal);
  await expect.poll(() => held("two"), { timeout: 10_000 }).toHaveLength(1);
  const further = { ...first, step: 1, severity: "critical", labels: { ...first.labels, to: "manager" } };
  expect(await channel.send(toldMessage({ alerts: [further] }), signal)).toMatchObject({ _tag: "Delivered" });
  const severities = async (): Promise<ReadonlyArray<string | undefined>> =>
    (await held("two")).map(({ labels }) => labels.severity);
  await expect.poll(severities, { timeout: 10_000 }).toEqual(["critical"]);
});

test.skipIf(program === undefined)("what an Alertmanager does not take goes to the dead letters", async () => {
  const outcome = await opened(urlOf()).send(toldMessage({ alerts: [toldAlert({ started_at: "soon" })] }), signal);
  expect(outcome).toMatchObject({ _tag: "Refused", detail: expect.stringContaining("400") });
});

test("one behind a prefix and a password is asked there, and the password stands in no text", async () => {
  const server = await openHttpReceiver(({ method, headers }, response) => {
    if (method === "GET") response.writeHead(200).end("[]");
    else response.writeHead(401).end(`who is ${headers.authorization}?`);
  });
  const password = { _tag: "Environment", name: "AM_PASSWORD" } as const;
  const channel = opened(`http://127.0.0.1:${server.port}/am/`, { username: "leadwire", password });
  const outcome = await channel.send(toldMessage(), signal);
  expect(outcome).toEqual({ _tag: "Refused", detail: `127.0.0.1:${server.port} answered 401.` });
  const basic = `Basic ${Buffer.from("leadwire:hunter22").toString("base64")}`;
  expect(server.received.map(({ url, headers }) => [url.split("?")[0], headers.authorization])).toEqual([
    ["/am/api/v2/alerts", basic],
    ["/am/api/v2/alerts", basic],
  ]);
  await server.close();
});

test("what is no Alertmanager is tried again", async () => {
  const server = await openHttpReceiver((_request, response) => void response.writeHead(200).end("<html>"));
  const outcome = await opened(`http://127.0.0.1:${server.port}/`).send(toldMessage(), signal);
  expect(outcome).toMatchObject({ _tag: "Retry", detail: expect.stringContaining("list of alerts") });
  await server.close();
});
