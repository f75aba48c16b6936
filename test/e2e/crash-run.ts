import { setTimeout as sleep } from "node:timers/promises";
import { eventToJson, type SalesEvent } from "@leadwire/events";
import { leadwireJsonIn, type Served, serve } from "./leadwire-process.ts";

/** A small seeded generator (mulberry32): the same seed kills at the same moments. */
export const randomOf = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
};

/** Sends events; false where the connection broke. */
export const post = async (url: string, events: ReadonlyArray<SalesEvent>): Promise<boolean> => {
  try {
    const answer = await fetch(`${url}/v1/events`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(events.map(eventToJson)),
    });
    if (answer.ok) return true;
    throw new Error(`POST /v1/events answered ${answer.status}: ${await answer.text()}`);
  } catch (fault) {
    // A connection that broke: whether the events were taken in is unknown, so they are sent again.
    if (fault instanceof TypeError) return false;
    throw fault;
  }
};

export interface CrashOutcome {
  readonly kills: number;
  /** Events sent, each until it was acknowledged. */
  readonly acknowledged: number;
  /** Requests sent again because a kill had cut them off. */
  readonly repeated: number;
}

/**
 * Sends all events to a real process that is killed (SIGKILL) at random moments and started again, `kills` times. Every
 * request is repeated until it is acknowledged, as a producer does.
 */
export const runWithKills = async (
  dataDir: string,
  config: string,
  events: ReadonlyArray<SalesEvent>,
  kills: number,
  seed: number,
): Promise<CrashOutcome> => {
  const random = randomOf(seed);
  let server: Served | undefined;
  let killed = 0;
  let repeated = 0;
  let sent = 0;
  const share = Math.ceil(events.length / (kills + 1));
  try {
    while (sent < events.length) {
      server ??= await serve(dataDir, "--config", config);
      const { child, finished, url } = server;
      const upTo = Math.min(events.length, share * (killed + 1));
      const dying = killed < kills ? sleep(random() * 900).then(() => child.kill("SIGKILL")) : undefined;
      while (
        sent < (dying === undefined ? events.length : upTo) &&
        child.exitCode === null &&
        child.signalCode === null
      ) {
        const batch = events.slice(sent, sent + 1 + Math.floor(random() * 200));
        if (await post(url, batch)) sent += batch.length;
        else {
          repeated += 1;
          break;
        }
      }
      if (dying === undefined) continue;
      await dying;
      await finished;
      killed += 1;
      server = undefined;
    }
    server ??= await serve(dataDir, "--config", config);
    return { kills: killed, acknowledged: sent, repeated };
  } finally {
    server?.child.kill("SIGINT");
    await server?.finished;
  }
};

/** Metric and dimension of what is compared between two runs. */
const questions: ReadonlyArray<readonly [metric: string, by: string]> = [
  ["new_leads", "owner"],
  ["lead_response_time.p90", "team"],
  ["response_within_sla", "channel"],
  ["win_rate", "owner"],
  ["sales", "product"],
  ["pipeline_value", "stage"],
  ["conversion_rate", "campaign"],
  ["cac", "channel"],
  ["sales_cycle_length.mean", "segment"],
];

/** Asks by the command line; `options` say whom. */
export const askAll = async (
  options: ReadonlyArray<string>,
  env?: NodeJS.ProcessEnv,
): Promise<ReadonlyArray<unknown>> => {
  const answers: Array<unknown> = [];
  for (const [metric, by] of questions) {
    const args = ["kpi", metric, "--window", "all", "--by", by, "--at", "latest", ...options];
    answers.push(await leadwireJsonIn(env, ...args));
  }
  return answers;
};

/** Asks a process that serves, over HTTP: many times faster than a command for each question. */
const answersOf = async (url: string): Promise<ReadonlyArray<unknown>> => {
  const answers: Array<unknown> = [];
  for (const [metric, by] of questions) {
    const answer = await fetch(`${url}/api/kpis/${metric}?window=all&by=${by}&at=latest`);
    if (!answer.ok) throw new Error(`${metric} by ${by} was answered with ${answer.status}: ${await answer.text()}`);
    answers.push(await answer.json());
  }
  return answers;
};

/** What is compared between a run with kills and one without; `also` is done while the data directory is served. */
export const readAnswers = async (
  dataDir: string,
  config: string,
  also: () => Promise<void> = async () => undefined,
): Promise<ReadonlyArray<unknown>> => {
  const server = await serve(dataDir, "--config", config);
  try {
    await also();
    return await answersOf(server.url);
  } finally {
    server.child.kill("SIGINT");
    await server.finished;
  }
};
