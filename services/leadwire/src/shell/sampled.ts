import { Counter, Gauge, type Registry } from "prom-client";

/** One value of a metric and what it is told apart by. */
export type Sample = readonly [labels: Readonly<Record<string, string | number>>, value: number];

export interface SampledMetric {
  /** `leadwire_…` with its unit last. */
  readonly name: string;
  readonly help: string;
  readonly labels?: ReadonlyArray<string>;
  /** Asked whenever the metrics are read. */
  readonly sample: () => Iterable<Sample> | Promise<Iterable<Sample>>;
}

/** A value that may fall. */
export const sampledGauge = (registry: Registry, { name, help, labels = [], sample }: SampledMetric): void => {
  new Gauge({
    name,
    help,
    labelNames: [...labels],
    registers: [registry],
    async collect() {
      const samples = await sample();
      this.reset();
      for (const [found, value] of samples) this.set({ ...found }, value);
    },
  });
};

/** A count kept elsewhere, which only rises while the process lives. */
export const sampledCounter = (registry: Registry, { name, help, labels = [], sample }: SampledMetric): void => {
  new Counter({
    name,
    help,
    labelNames: [...labels],
    registers: [registry],
    async collect() {
      const samples = await sample();
      this.reset();
      for (const [found, value] of samples) this.inc({ ...found }, value);
    },
  });
};
