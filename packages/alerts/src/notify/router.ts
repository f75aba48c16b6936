import { testOfAll } from "./matcher.ts";
import type { NotificationConfig, Receiver, Route } from "./notification-config.ts";

type Labels = Readonly<Record<string, string>>;

/** Where an alert leads to, and at which pace that receiver is told. */
export interface Destination {
  readonly receiver: string;
  /** Of the route; part of the group's key. */
  readonly path: string;
  readonly groupBy: ReadonlyArray<string>;
  readonly groupWaitMs: number;
  readonly groupIntervalMs: number;
  readonly repeatIntervalMs: number;
  readonly quietHours: Route["quietHours"];
  readonly sendResolved: boolean;
  /** Alerts in one notification; the others follow in the next. */
  readonly listedMax: number;
  /** An Alertmanager forgets what is not repeated, so an acknowledged alert is repeated to it as well. */
  readonly repeatsAcknowledged: boolean;
}

interface Node {
  readonly matches: (labels: Labels) => boolean;
  readonly destinations: ReadonlyArray<Destination>;
  readonly goOn: boolean;
  readonly nodes: ReadonlyArray<Node>;
}

/** Some 300 kB of JSON, and a few milliseconds to plan. */
const listedMax = 500;
/** Well below the five minutes after which an Alertmanager takes an alert that nobody repeats for resolved. */
const alertmanagerRepeatMs = 60_000;

const destinationOf = (route: Route, receiver: Receiver): Destination => {
  const common = { receiver: receiver.name, path: route.path, quietHours: route.quietHours };
  if (receiver._tag !== "Alertmanager") {
    const { groupBy, groupWaitMs, groupIntervalMs, repeatIntervalMs, sendResolved } = route;
    return {
      ...common,
      groupBy,
      groupWaitMs,
      groupIntervalMs,
      repeatIntervalMs,
      sendResolved,
      listedMax,
      repeatsAcknowledged: false,
    };
  }
  // It groups, waits and repeats by itself: it is told of every change at once, in one group per rule set.
  return {
    ...common,
    groupBy: [],
    groupWaitMs: 0,
    groupIntervalMs: 0,
    repeatIntervalMs: alertmanagerRepeatMs,
    sendResolved: true,
    // What a repeat left out would count as resolved there.
    listedMax: Number.POSITIVE_INFINITY,
    repeatsAcknowledged: true,
  };
};

/** The routing tree: an alert goes to the deepest nodes that match, as in Alertmanager's `Route.Match`. */
export class Router {
  readonly #root: Node;
  readonly #at = new Map<string, ReadonlyMap<string, Destination>>();
  readonly #rootRoute: Route;
  readonly #receivers: ReadonlyMap<string, Receiver>;

  constructor({ receivers, route }: Pick<NotificationConfig, "receivers" | "route">) {
    this.#receivers = new Map(receivers.map((receiver) => [receiver.name, receiver]));
    this.#rootRoute = route;
    this.#root = this.#nodeOf(route);
  }

  /** At most one for each receiver: of several routes that lead to it, the first in the tree's order. */
  destinationsOf(labels: Labels): ReadonlyArray<Destination> {
    const byReceiver = new Map<string, Destination>();
    for (const node of deepest(this.#root, labels)) {
      for (const destination of node.destinations) {
        if (!byReceiver.has(destination.receiver)) byReceiver.set(destination.receiver, destination);
      }
    }
    return [...byReceiver.values()];
  }

  /**
   * How a receiver that was told on this route is told the rest; by the root's times where the route is there no more,
   * and undefined where the receiver is not.
   */
  destinationAt(path: string, receiver: string): Destination | undefined {
    const held = this.#at.get(path)?.get(receiver);
    if (held !== undefined) return held;
    const known = this.#receivers.get(receiver);
    return known === undefined ? undefined : { ...destinationOf(this.#rootRoute, known), path };
  }

  #nodeOf(route: Route): Node {
    const destinations = route.receivers.flatMap((name) => {
      const receiver = this.#receivers.get(name);
      return receiver === undefined ? [] : [destinationOf(route, receiver)];
    });
    this.#at.set(route.path, new Map(destinations.map((destination) => [destination.receiver, destination])));
    return {
      matches: testOfAll(route.matchers),
      destinations,
      goOn: route.goOn,
      nodes: route.routes.map((child) => this.#nodeOf(child)),
    };
  }
}

const deepest = (node: Node, labels: Labels): ReadonlyArray<Node> => {
  if (!node.matches(labels)) return [];
  const found: Array<Node> = [];
  for (const child of node.nodes) {
    const below = deepest(child, labels);
    found.push(...below);
    if (below.length > 0 && !child.goOn) break;
  }
  return found.length > 0 ? found : [node];
};
