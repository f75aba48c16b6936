import type { Workspace } from "@leadwire/funnel";
import { type KafkaLog, openKafkaLog } from "@leadwire/log/kafka";
import { readSlices, type Store, StoreError, serverStore } from "@leadwire/store";
import type { LiveView } from "@leadwire/stream";
import { isLeft } from "fp-ts/lib/Either.js";
import { untilReady } from "../cluster-rig.ts";
import { type Served, serveService, start } from "../leadwire-process.ts";
import type { ChaosRig } from "./chaos-rig.ts";
import { checkAcknowledged } from "./check-acknowledged.ts";
import { checkAnswers } from "./check-answers.ts";
import { checkLedger, type LedgerAnswer } from "./check-ledger.ts";
import { checkLiveSlices, checkStoredSlices } from "./check-slices.ts";
import { readLogContents } from "./log-contents.ts";
import { viewOfStore, viewOfTopic } from "./open-view.ts";
import { plainPass } from "./plain-pass.ts";
import type { Acknowledged } from "./producer.ts";

/** What follows a run from outside: a log of its own, and a live view that has to get through everything. */
export interface Watch {
  readonly log: KafkaLog;
  readonly generation: string;
  readonly workspace: Workspace;
  readonly view: LiveView;
  /** What made the view give up. */
  readonly failures: ReadonlyArray<string>;
  readonly close: () => Promise<void>;
}

export const openWatch = async (
  { bootstrap }: ChaosRig,
  generation: string,
  workspace: Workspace,
  nowMs: () => number,
): Promise<Watch> => {
  const log = await openKafkaLog({ brokers: [bootstrap], clientId: "chaos-watch" });
  const failures: Array<string> = [];
  const onFailure = (cause: unknown): void => void failures.push(`a live view gave up: ${String(cause)}`);
  const view = viewOfTopic({ log, generation, workspace, nowMs, onFailure });
  await view.start();
  const close = async (): Promise<void> => {
    await view.stop();
    await log.close();
  };
  return { log, generation, workspace, view, failures, close };
};

export interface CheckTerms {
  readonly rig: ChaosRig;
  readonly watch: Watch;
  readonly acknowledged: Acknowledged;
  readonly seed: number;
  readonly questions: number;
  readonly nowMs: () => number;
  readonly note: (text: string) => void;
}

/** What a run has come to. */
export interface Settled {
  /** In the event topics, what tasks sent on among them. */
  readonly records: number;
  readonly slices: number;
  readonly ledger: Readonly<Record<string, number>>;
  readonly differences: ReadonlyArray<string>;
}

const command = async (rig: ChaosRig, name: string) => {
  const { code, stdout, stderr } = await start([name, "--config", rig.config, "--json"], rig.env).finished;
  if (stdout === "") throw new Error(`leadwire ${name} ended with ${code}: ${stderr}`);
  return { code, answer: JSON.parse(stdout) as unknown };
};

const storeOf = ({ clickHouse, clickHouseUrl }: ChaosRig): Store => {
  const { engine } = clickHouse.address.users;
  return serverStore({ url: clickHouseUrl, user: engine.name, password: engine.password });
};

/** Slices: in ClickHouse, in the view that followed all along, and in one that begins as a board does. */
const checkSlices = async ({ rig, watch, nowMs }: CheckTerms) => {
  const { log, generation, workspace, view, failures } = watch;
  const expected = await plainPass(log, generation, workspace);
  const store = storeOf(rig);
  const stored = await readSlices(store, generation)();
  if (isLeft(stored)) throw new StoreError(stored.left);
  const onFailure = (cause: unknown): void => {
    throw cause;
  };
  const loaded = viewOfStore({ log, generation, workspace, nowMs, onFailure }, store);
  await loaded.start();
  const atMs = nowMs();
  const differences = [
    ...checkStoredSlices(expected, [...stored.right], atMs),
    ...checkLiveSlices(expected, view, atMs, "view that followed all along"),
    ...checkLiveSlices(expected, loaded, atMs, "view loaded from ClickHouse"),
    ...failures,
  ];
  await loaded.stop();
  await store.close();
  return { slices: expected.length, differences };
};

/** Everybody ends when told to, with status 0. */
const checkEnds = async (rig: ChaosRig, query: Served): Promise<ReadonlyArray<string>> => {
  query.child.kill("SIGTERM");
  const { code } = await query.finished;
  const ends = await Promise.all(
    [...rig.services.values()].map(async (service) => [service.name, await service.terminate()] as const),
  );
  return [...ends, ["query", code] as const].flatMap(([name, status]) =>
    status === 0 ? [] : [`${name} ended with ${status} when told to end`],
  );
};

/** Waits until all are ready and nothing is left to do, and compares everything with what it should be. */
export const checkSettled = async (terms: CheckTerms): Promise<Settled> => {
  const { rig, watch, acknowledged, seed, questions, nowMs, note } = terms;
  const query = await serveService("query", rig.env, "--config", rig.config);
  try {
    const urls = [...rig.services.values()].map(({ url }) => url ?? "nowhere");
    await Promise.all([...urls, query.url].map(untilReady));
    note("every service is ready");
    const ledger = (await command(rig, "ledger")).answer as LedgerAnswer & { total: Record<string, number> };
    note(`ledger: ${JSON.stringify(ledger.total)}`);
    const verified = await command(rig, "verify");
    note(`verify: exit ${verified.code}`);
    const contents = await readLogContents(watch.log);
    const slices = await checkSlices(terms);
    note(`${slices.slices} slices compared`);
    const answers = await checkAnswers(query.url, contents, watch.workspace, {
      seed,
      count: questions,
      nowMs: nowMs(),
    });
    note(`${questions} questions asked`);
    const differences = [
      ...checkAcknowledged(acknowledged, contents),
      ...checkLedger(ledger, contents, watch.workspace),
      ...(verified.code === 0 ? [] : [`verify: ${JSON.stringify(verified.answer)}`]),
      ...slices.differences,
      ...answers,
      ...(await checkEnds(rig, query)),
    ];
    return { records: contents.records.length, slices: slices.slices, ledger: ledger.total, differences };
  } finally {
    query.child.kill("SIGKILL");
    await query.finished;
    await watch.close();
  }
};
