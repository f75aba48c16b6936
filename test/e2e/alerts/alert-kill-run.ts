import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { SalesEvent } from "@leadwire/events";
import { post, randomOf } from "../crash-run.ts";
import { type Served, serve, temporaryDataDir } from "../leadwire-process.ts";
import { alertsIn, type ToldAlerts } from "./alert-log.ts";
import { openWebhookReceiver, type ReceivedNotification, type WebhookReceiver } from "./webhook-receiver.ts";

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

/** So long the last life, in which nobody is killed, may take to come to an end. */
const lastMsMax = 60_000;

/** Waits until what is so is so, or the time is over. */
const until = async (isSo: () => boolean, msMax: number): Promise<void> => {
  const endMs = performance.now() + msMax;
  while (!isSo() && performance.now() < endMs) await sleep(20);
};

interface Company {
  /** Posts what comes next, until the process is gone or there is nothing more to do by now. Whether all was done. */
  readonly play: (served: Served, groupsUpTo: number) => Promise<boolean>;
}

/** Two leads of a channel make its alert fire. Once that was told, one of them is taken back, which resolves it. */
const companyOf = (groups: number, receiver: WebhookReceiver, random: () => number): Company => {
  let nextGroup = 0;
  const takenBack = new Set<number>();
  const nextEvents = (upTo: number): { readonly events: ReadonlyArray<SalesEvent>; readonly done: () => void } => {
    const firing = channelsTold(receiver.taken, "firing");
    const due = Array.from({ length: nextGroup }, (_, group) => group).filter(
      (group) => !takenBack.has(group) && firing.has(`channel-${group}`),
    );
    const [group] = due;
    if (group !== undefined && (nextGroup >= upTo || random() < 0.5))
      return { events: [lead(group, 2, 1, true)], done: () => void takenBack.add(group) };
    if (nextGroup >= upTo) return { events: [], done: () => undefined };
    const begun = nextGroup;
    return {
      events: [lead(begun, 1, 0, false), lead(begun, 2, 0, false)],
      done: () => {
        nextGroup = begun + 1;
      },
    };
  };
  const play = async ({ child, url }: Served, groupsUpTo: number): Promise<boolean> => {
    while (child.exitCode === null && child.signalCode === null) {
      if (takenBack.size === groups) return true;
      const { events, done } = nextEvents(groupsUpTo);
      if (events.length > 0 && !(await post(url, events))) return false;
      done();
      await sleep(random() * 30);
    }
    return false;
  };
  return { play };
};

/**
 * Alerts that fire and are resolved, of one group after another, while the process that decides and sends is killed
 * (SIGKILL) at random moments and started again. One request in ten is refused, and sent again later.
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
  const company = companyOf(groups, receiver, random);
  let server: Served | undefined;
  try {
    for (let killed = 0; killed < kills; killed += 1) {
      server = await serve(path, "--config", config);
      const { child, finished } = server;
      // The first second goes by until all tasks were heard of; then alerts are decided and sent all the time.
      const dying = sleep(800 + random() * 1_000).then(() => child.kill("SIGKILL"));
      await company.play(server, Math.ceil((groups * (killed + 1)) / (kills + 1)));
      await dying;
      await finished;
      server = undefined;
    }
    server = await serve(path, "--config", config);
    const over = new AbortController();
    const tooLate = sleep(lastMsMax, undefined, { signal: over.signal }).catch(() => undefined);
    await Promise.race([company.play(server, groups), tooLate]);
    over.abort();
    await until(() => channelsTold(receiver.taken, "resolved").size === groups, lastMsMax);
    server.child.kill("SIGINT");
    await server.finished;
    server = undefined;
    return {
      kills,
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
