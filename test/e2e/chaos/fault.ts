import { type Random, randomOf } from "../../oracle/random.ts";
import { type ServiceKind, serviceNames, serviceNamesOf } from "./chaos-rig.ts";

export type Link = "broker" | "clickhouse";

/** Something that goes wrong. Durations in milliseconds. */
export type Fault =
  | { readonly _tag: "kill"; readonly service: string; readonly downMs: number }
  | { readonly _tag: "pause"; readonly service: string; readonly ms: number }
  | { readonly _tag: "delete-state"; readonly service: string; readonly downMs: number }
  | { readonly _tag: "blackout"; readonly downMs: number }
  | { readonly _tag: "roll"; readonly kind: ServiceKind }
  | { readonly _tag: "kill-broker"; readonly downMs: number }
  | { readonly _tag: "pause-broker"; readonly ms: number }
  | { readonly _tag: "kill-clickhouse"; readonly downMs: number }
  | { readonly _tag: "pause-clickhouse"; readonly ms: number }
  | { readonly _tag: "cut"; readonly link: Link }
  | { readonly _tag: "slow"; readonly link: Link; readonly byMs: number; readonly ms: number }
  | {
      readonly _tag: "kill-slow";
      readonly service: string;
      readonly link: Link;
      readonly byMs: number;
      readonly ms: number;
    }
  | { readonly _tag: "stall"; readonly link: Link; readonly ms: number }
  | { readonly _tag: "wrong-clock"; readonly producer: number; readonly days: -1 | 1; readonly ms: number }
  | { readonly _tag: "repeat"; readonly events: number };

export interface PlannedFault {
  readonly number: number;
  /** After the beginning of the one before. */
  readonly afterMs: number;
  readonly fault: Fault;
}

/** HTTP producers, and one more that writes Avro to the topics. */
export const httpProducers = 5;

/** From half a second to twice the session's time and more: half of them short. */
const pauseMs = (random: Random): number =>
  random.chance(0.5) ? random.whole(500, 3_000) : random.whole(3_000, 15_000);
const linkOf = (random: Random): Link => random.pick(["broker", "broker", "clickhouse"]);

/** What a process has under way takes long on a slow link, so a kill is likely to fall into the middle of it. */
const killSlow = (random: Random): Fault => {
  const service = random.pick(serviceNames);
  const link = service.startsWith("sink") ? random.pick(["broker", "clickhouse"] as const) : "broker";
  return { _tag: "kill-slow", service, link, byMs: random.whole(100, 600), ms: random.whole(2_000, 6_000) };
};

type Maker = (random: Random) => Fault;

const makers: ReadonlyArray<readonly [weight: number, make: Maker]> = [
  [22, (random) => ({ _tag: "kill", service: random.pick(serviceNames), downMs: random.whole(0, 3_000) })],
  [22, (random) => ({ _tag: "pause", service: random.pick(serviceNames), ms: pauseMs(random) })],
  [
    8,
    (random) => ({
      _tag: "delete-state",
      service: random.pick(serviceNamesOf("processor")),
      downMs: random.whole(0, 3_000),
    }),
  ],
  [2, (random) => ({ _tag: "blackout", downMs: random.whole(0, 3_000) })],
  [5, (random) => ({ _tag: "roll", kind: random.pick(["ingest", "processor", "sink"] as const) })],
  [6, (random) => ({ _tag: "kill-broker", downMs: random.whole(0, 5_000) })],
  [3, (random) => ({ _tag: "pause-broker", ms: pauseMs(random) })],
  [7, (random) => ({ _tag: "kill-clickhouse", downMs: random.whole(0, 8_000) })],
  [3, (random) => ({ _tag: "pause-clickhouse", ms: pauseMs(random) })],
  [10, (random) => ({ _tag: "cut", link: linkOf(random) })],
  [5, (random) => ({ _tag: "stall", link: linkOf(random), ms: random.whole(500, 8_000) })],
  [
    3,
    (random) => ({ _tag: "slow", link: linkOf(random), byMs: random.whole(20, 500), ms: random.whole(2_000, 8_000) }),
  ],
  [8, killSlow],
  [
    5,
    (random) => ({
      _tag: "wrong-clock",
      producer: random.whole(0, httpProducers),
      days: random.pick([-1, 1] as const),
      ms: random.whole(1_000, 6_000),
    }),
  ],
  [4, (random) => ({ _tag: "repeat", events: random.whole(50, 500) })],
];

const totalWeight = makers.reduce((sum, [weight]) => sum + weight, 0);

const drawn = (random: Random): Fault => {
  let left = random.next() * totalWeight;
  for (const [weight, make] of makers) {
    left -= weight;
    if (left < 0) return make(random);
  }
  throw new Error("the weights of the faults do not add up");
};

/** The faults of a seed, about one in two and a half seconds; the first so many are the same whatever `count` is. */
export const planOf = (seed: number, count: number): ReadonlyArray<PlannedFault> => {
  const random = randomOf(seed);
  return Array.from({ length: count }, (_, n) => ({
    number: n + 1,
    afterMs: random.whole(500, 4_500),
    fault: drawn(random),
  }));
};

/** What a fault breaks: one thing is broken by one fault at a time. */
export const targetOf = (fault: Fault): string => {
  switch (fault._tag) {
    case "blackout":
      return "blackout";
    case "kill":
    case "pause":
    case "delete-state":
      return fault.service;
    case "roll":
      return `roll ${fault.kind}`;
    case "kill-broker":
    case "pause-broker":
      return "broker";
    case "kill-clickhouse":
    case "pause-clickhouse":
      return "clickhouse";
    case "cut":
    case "stall":
    case "slow":
    case "kill-slow":
      return `link ${fault.link}`;
    case "wrong-clock":
      return `producer ${fault.producer}`;
    case "repeat":
      return "repeats";
  }
};

const secondsText = (ms: number): string => `${(ms / 1_000).toFixed(1)} s`;

/** A fault in words, for the journal. */
export const faultText = (fault: Fault): string => {
  switch (fault._tag) {
    case "kill":
      return `${fault.service} killed, down for ${secondsText(fault.downMs)}`;
    case "pause":
      return `${fault.service} stopped (SIGSTOP) for ${secondsText(fault.ms)}`;
    case "delete-state":
      return `${fault.service} killed and its state deleted, down for ${secondsText(fault.downMs)}`;
    case "blackout":
      return `every service, the broker and ClickHouse killed at once, down for ${secondsText(fault.downMs)}`;
    case "roll":
      return `every ${fault.kind} ended (SIGTERM) and started again, one after another`;
    case "kill-broker":
      return `broker killed, down for ${secondsText(fault.downMs)}`;
    case "pause-broker":
      return `broker stopped (SIGSTOP) for ${secondsText(fault.ms)}`;
    case "kill-clickhouse":
      return `ClickHouse killed, down for ${secondsText(fault.downMs)}`;
    case "pause-clickhouse":
      return `ClickHouse stopped (SIGSTOP) for ${secondsText(fault.ms)}`;
    case "cut":
      return `every connection to the ${fault.link} cut`;
    case "slow":
      return `the ${fault.link} ${fault.byMs} ms away for ${secondsText(fault.ms)}`;
    case "kill-slow":
      return `the ${fault.link} ${fault.byMs} ms away, and ${fault.service} killed after ${secondsText(fault.ms)} of that`;
    case "stall":
      return `connections to the ${fault.link} carry nothing for ${secondsText(fault.ms)}`;
    case "wrong-clock":
      return `producer ${fault.producer}'s clock wrong by ${fault.days} day for ${secondsText(fault.ms)}`;
    case "repeat":
      return `${fault.events} acknowledged events sent again`;
  }
};
