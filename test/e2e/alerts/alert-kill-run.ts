import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { SalesEvent } from "@leadwire/events";
import { post, randomOf } from "../crash-run.ts";
import { type Served, serve, temporaryDataDir } from "../leadwire-process.ts";
import { alertsIn, type ToldAlerts } from "./alert-log.ts";
import { openWebhookReceiver, type ReceivedNotification } from "./webhook-receiver.ts";

const secret = `whsec_${Buffer.from("a secret of thirty-two bytes ...").toString("base64")}`;
const rule = "many-leads";

const rulesText = `rules:
  - id: ${rule}
    when: new_leads day by channel >= 2
    summary: "{{channel}} brought {{value}} leads"
`;

const notificationsText = (url: string, secretFile: string): string => `allow_private: [127.0.0.1]
receivers:
  - { name: ops, webhook: { url: "${url}", secret: { file: ${secretFile} } } }
route: { receivers: [ops], group_by: [rule, channel], group_wait: 0 s, group_interval: 0 s }
`;

const lead = (group: number, n: number, revision: number, voided: boolean): SalesEvent => ({
  type: "lead-created",
  event_id: `g${group}-${n}`,
  source_system: "crm",
  occurred_at: Date.now(),
  revision,
  voided,
  lead_id: `g${group}-${n}`,
  channel: `channel-${group}`,
});

export interface AlertKillOutcome {
  readonly kills: number;
  readonly told: ToldAlerts;
  readonly taken: ReadonlyArray<ReceivedNotification>;
  readonly wrong: ReadonlyArray<string>;
  /** Groups of which the receiver was told that they fire, and that they are resolved. */
  readonly firing: ReadonlySet<string>;
  readonly resolved: ReadonlySet<string>;
}

const channelsTold = (taken: ReadonlyArray<ReceivedNotification>, status: string): ReadonlySet<string> =>
  new Set(
    taken.flatMap(({ alerts }) =>
      alerts.filter((each) => each.status === status).map((each) => each.labels.channel ?? ""),
    ),
  );

/** Waits until what is so is so, or the time is over. */
const until = async (isSo: () => boolean, msMax: number): Promise<void> => {
  const endMs = performance.now() + msMax;
  while (!isSo() && performance.now() < endMs) await sleep(20);
};

/**
 * Two leads of a channel make its alert fire, and taking one back resolves it: so for every group, while the process that
 * decides and sends is killed (SIGKILL) at random moments and started again. One request in ten is refused for a while.
 */
export const runAlertsWithKills = async (groups: number, kills: number, seed: number): Promise<AlertKillOutcome> => {
  const random = randomOf(seed);
  const { path, dispose } = temporaryDataDir();
  const folder = join(path, "..");
  const receiver = await openWebhookReceiver(secret, (response) => {
    const isRefused = random() < 0.1;
    response.writeHead(isRefused ? 503 : 204, isRefused ? { "retry-after": "0" } : {}).end();
    return isRefused ? "refused" : "taken";
  });
  const config = join(folder, "leadwire.yaml");
  mkdirSync(join(folder, "alerts"));
  writeFileSync(join(folder, "secret"), secret);
  writeFileSync(config, "currency: EUR\n");
  writeFileSync(join(folder, "alerts", "sales.yaml"), rulesText);
  writeFileSync(join(folder, "alerts", "notifications.yaml"), notificationsText(receiver.url, join(folder, "secret")));
  const names = Array.from({ length: groups }, (_, group) => group);
  const events = [
    ...names.flatMap((group) => [lead(group, 1, 0, false), lead(group, 2, 0, false)]),
    ...names.map((group) => lead(group, 2, 1, true)),
  ];
  let server: Served | undefined;
  let killed = 0;
  let sent = 0;
  try {
    while (sent < events.length || killed < kills) {
      server = await serve(path, "--config", config);
      const { child, finished, url } = server;
      const isDying = killed < kills;
      const dying = isDying ? sleep(50 + random() * 500).then(() => child.kill("SIGKILL")) : undefined;
      // So many that some are left for each life.
      const upTo = isDying ? Math.ceil((events.length * (killed + 1)) / (kills + 1)) : events.length;
      while (sent < upTo && child.exitCode === null && child.signalCode === null) {
        const batch = events.slice(sent, Math.min(upTo, sent + 1 + Math.floor(random() * 4)));
        if (!(await post(url, batch))) break;
        sent += batch.length;
        await sleep(random() * 30);
      }
      if (dying === undefined) break;
      await dying;
      await finished;
      killed += 1;
      server = undefined;
    }
    server ??= await serve(path, "--config", config);
    const isTold = (): boolean =>
      channelsTold(receiver.taken, "firing").size === groups &&
      channelsTold(receiver.taken, "resolved").size === groups;
    await until(isTold, 20_000);
    server.child.kill("SIGINT");
    await server.finished;
    server = undefined;
    return {
      kills: killed,
      told: await alertsIn(path),
      taken: receiver.taken,
      wrong: receiver.wrong,
      firing: channelsTold(receiver.taken, "firing"),
      resolved: channelsTold(receiver.taken, "resolved"),
    };
  } finally {
    server?.child.kill("SIGKILL");
    await server?.finished;
    await receiver.close();
    dispose();
  }
};

/** What would break the promise, in words; empty where it holds. */
export const brokenPromises = ({ told, taken, wrong }: AlertKillOutcome): ReadonlyArray<string> => {
  const found: Array<string> = [...wrong];
  const keysOf = new Map<string, Set<string>>();
  for (const { key, transitions } of taken)
    for (const id of transitions) keysOf.set(id, (keysOf.get(id) ?? new Set()).add(key));
  const planned = new Map<string, string>();
  for (const { key, kind, transitions } of told.planned) {
    if (kind === "resent") continue;
    for (const id of transitions) {
      if (planned.has(id)) found.push(`${id} is planned twice`);
      planned.set(id, key);
    }
  }
  const ids = new Set<string>();
  for (const { transition_id: id } of told.transitions) {
    if (ids.has(id)) found.push(`${id} stands twice`);
    ids.add(id);
    const keys = keysOf.get(id);
    if (keys === undefined) found.push(`${id} was told to nobody`);
    else if (keys.size > 1) found.push(`${id} was told under ${[...keys].join(" and ")}`);
    else if (!keys.has(planned.get(id) ?? "")) found.push(`${id} was told under a key that was not planned`);
  }
  for (const id of keysOf.keys()) if (!ids.has(id)) found.push(`${id} was told and does not stand`);
  return found;
};
