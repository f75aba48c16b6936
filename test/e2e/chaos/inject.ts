import { setTimeout as sleep } from "node:timers/promises";
import type { BreakableService } from "./breakable-service.ts";
import { type ChaosRig, serviceNames, serviceNamesOf } from "./chaos-rig.ts";
import type { Fault } from "./fault.ts";
import type { ChaosProducer } from "./producer.ts";
import type { TargetLocks } from "./target-locks.ts";

export interface FaultScope {
  readonly rig: ChaosRig;
  readonly producers: ReadonlyArray<ChaosProducer>;
  readonly locks: TargetLocks;
  readonly note: (text: string) => void;
}

const serviceOf = ({ services }: ChaosRig, name: string): BreakableService => {
  const service = services.get(name);
  if (service === undefined) throw new Error(`there is no service ${name}`);
  return service;
};

const roll = async ({ rig, locks, note }: FaultScope, kind: Parameters<typeof serviceNamesOf>[0]): Promise<void> => {
  for (const name of serviceNamesOf(kind)) {
    await locks.holding(name, async () => {
      const service = serviceOf(rig, name);
      const startedMs = performance.now();
      const status = await service.terminate();
      note(`         ${name} ended with ${status} after ${((performance.now() - startedMs) / 1_000).toFixed(1)} s`);
      await service.start();
    });
  }
};

/** Holds all of them at once, taken in one order by everybody who takes more than one. */
const holdingAll = (locks: TargetLocks, targets: ReadonlyArray<string>, work: () => Promise<void>): Promise<void> =>
  targets.reduceRight((inner, target) => () => locks.holding(target, inner), work)();

const blackout = ({ rig, locks, note }: FaultScope, downMs: number): Promise<void> =>
  holdingAll(locks, [...serviceNames, "broker", "clickhouse"], async () => {
    note("         now everything is killed");
    const services = [...rig.services.values()];
    await Promise.all([
      rig.signalBroker("SIGKILL"),
      killClickHouse(rig, downMs),
      ...services.map((service) => service.kill()),
    ]);
    await Promise.all([rig.restartBroker(), ...services.map((service) => service.start())]);
  });

const killClickHouse = async ({ clickHouse, links }: ChaosRig, downMs: number): Promise<void> => {
  const pid = clickHouse.server.pid();
  links.clickhouse.refuse(true);
  // Its supervisor starts it again at once: it is down for as long as its link is.
  if (pid !== undefined) process.kill(pid, "SIGKILL");
  await sleep(downMs);
  links.clickhouse.refuse(false);
};

const pauseClickHouse = async ({ clickHouse }: ChaosRig, ms: number): Promise<void> => {
  const pid = clickHouse.server.pid();
  if (pid === undefined) return;
  process.kill(pid, "SIGSTOP");
  await sleep(ms);
  process.kill(pid, "SIGCONT");
};

const wrongClock = async (producer: ChaosProducer | undefined, days: number, ms: number): Promise<void> => {
  if (producer === undefined) throw new Error("there is no such producer");
  producer.clockDays = days;
  await sleep(ms);
  producer.clockDays = 0;
};

const killSlow = async ({ rig, locks }: FaultScope, fault: Fault & { readonly _tag: "kill-slow" }): Promise<void> => {
  const link = rig.links[fault.link];
  await locks.holding(fault.service, async () => {
    link.slow(fault.byMs);
    await sleep(fault.ms);
    await serviceOf(rig, fault.service).kill();
    link.slow(0);
    await serviceOf(rig, fault.service).start();
  });
};

/** Breaks what a fault breaks, and resolves when that is whole again, or on its way. */
export const inject = async (fault: Fault, scope: FaultScope): Promise<void> => {
  const { rig, producers } = scope;
  switch (fault._tag) {
    case "kill":
    case "delete-state": {
      const service = serviceOf(rig, fault.service);
      await service.kill();
      if (fault._tag === "delete-state") service.deleteState();
      await sleep(fault.downMs);
      return service.start();
    }
    case "pause": {
      const service = serviceOf(rig, fault.service);
      service.pause();
      await sleep(fault.ms);
      return service.resume();
    }
    case "blackout":
      return blackout(scope, fault.downMs);
    case "roll":
      return roll(scope, fault.kind);
    case "kill-broker":
      await rig.signalBroker("SIGKILL");
      await sleep(fault.downMs);
      return rig.restartBroker();
    case "pause-broker":
      await rig.signalBroker("SIGSTOP");
      await sleep(fault.ms);
      return rig.signalBroker("SIGCONT");
    case "kill-clickhouse":
      return killClickHouse(rig, fault.downMs);
    case "pause-clickhouse":
      return pauseClickHouse(rig, fault.ms);
    case "cut":
      return rig.links[fault.link].cut();
    case "stall":
      rig.links[fault.link].stall(true);
      await sleep(fault.ms);
      return rig.links[fault.link].stall(false);
    case "slow":
      rig.links[fault.link].slow(fault.byMs);
      await sleep(fault.ms);
      return rig.links[fault.link].slow(0);
    case "kill-slow":
      return killSlow(scope, fault);
    case "wrong-clock":
      return wrongClock(producers[fault.producer], fault.days, fault.ms);
    case "repeat":
      for (const producer of producers) producer.repeat(Math.ceil(fault.events / producers.length));
  }
};
