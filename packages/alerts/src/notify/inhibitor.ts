import type { AlertChanged } from "@leadwire/events";
import { matchLabelsOf, testOfAll } from "./matcher.ts";
import type { Inhibition } from "./notification-config.ts";

type Labels = Readonly<Record<string, string>>;

interface Rule {
  readonly isSource: (labels: Labels) => boolean;
  readonly isTarget: (labels: Labels) => boolean;
  readonly equal: ReadonlyArray<string>;
  /** Firing sources by what their equal labels say; whether each is a target of the same inhibition, too. */
  readonly sources: Map<string, Map<string, boolean>>;
}

/**
 * Which firing alerts keep others from being told of, over all rule sets. As in Alertmanager it is decided in one pass,
 * without a loop: an alert inhibits while it fires, also while it is inhibited or silenced itself. So two that inhibit
 * each other are both not told of. An alert on both sides of one inhibition is inhibited only by alerts that are a
 * source alone: neither by itself, nor by others of its kind.
 */
export class Inhibitor {
  #rules: ReadonlyArray<Rule> = [];
  readonly #firing = new Map<string, AlertChanged>();
  #version = 0;

  constructor(inhibitions: ReadonlyArray<Inhibition>) {
    this.configure(inhibitions);
  }

  /** Changes whenever an answer of `inhibits` may. */
  get version(): number {
    return this.#version;
  }

  configure(inhibitions: ReadonlyArray<Inhibition>): void {
    this.#rules = inhibitions.map(({ source, target, equal }) => ({
      isSource: testOfAll(source),
      isTarget: testOfAll(target),
      equal,
      sources: new Map(),
    }));
    for (const alert of this.#firing.values()) this.#place(alert, true);
    this.#version += 1;
  }

  /** The alert as it fires; undefined when it does not. */
  firing(fingerprint: string): AlertChanged | undefined {
    return this.#firing.get(fingerprint);
  }

  /** The alert fires as this says, or, for undefined, does not. */
  set(fingerprint: string, alert: AlertChanged | undefined): void {
    const former = this.#firing.get(fingerprint);
    if (former !== undefined) this.#place(former, false);
    if (alert === undefined) this.#firing.delete(fingerprint);
    else {
      this.#firing.set(fingerprint, alert);
      this.#place(alert, true);
    }
  }

  inhibits(labels: Labels): boolean {
    return this.#rules.some((rule) => {
      if (!rule.isTarget(labels)) return false;
      const sources = rule.sources.get(equalKeyOf(rule, labels));
      if (sources === undefined) return false;
      if (!rule.isSource(labels)) return true;
      for (const isTarget of sources.values()) if (!isTarget) return true;
      return false;
    });
  }

  #place(alert: AlertChanged, fires: boolean): void {
    if (this.#rules.length === 0) return;
    const labels = matchLabelsOf(alert);
    for (const rule of this.#rules) {
      if (!rule.isSource(labels)) continue;
      const key = equalKeyOf(rule, labels);
      const sources = rule.sources.get(key) ?? new Map<string, boolean>();
      if (fires) sources.set(alert.fingerprint, rule.isTarget(labels));
      else sources.delete(alert.fingerprint);
      if (sources.size === 0) rule.sources.delete(key);
      else rule.sources.set(key, sources);
      this.#version += 1;
    }
  }
}

/** Labels that are missing count as empty, on both sides. */
const equalKeyOf = ({ equal }: Rule, labels: Labels): string =>
  JSON.stringify(equal.map((label) => labels[label] ?? ""));
