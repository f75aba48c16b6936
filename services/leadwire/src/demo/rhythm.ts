const hourMs = 3_600_000;
const weekend: ReadonlySet<string> = new Set(["Sat", "Sun"]);

/** What an hour is like where the company works. */
export interface Hour {
  readonly working: boolean;
  /** How many leads come in, against the average hour of a week. */
  readonly weight: number;
}

/** Leads by local hour: a low at night, peaks before and after lunch. */
const weekdayWeights = [
  0.22, 0.16, 0.14, 0.14, 0.18, 0.3, 0.55, 0.95, 1.6, 2.3, 2.6, 2.4, 1.7, 2.0, 2.4, 2.3, 1.9, 1.4, 1.0, 0.85, 0.75, 0.6,
  0.45, 0.3,
];
const weekendShare = 0.35;

/** The company's hours in its own zone, each asked for once: the zone's rules decide, so clock changes come out right. */
export class Rhythm {
  readonly #hours = new Map<number, Hour>();
  readonly #format: Intl.DateTimeFormat;

  constructor(timeZone: string) {
    this.#format = new Intl.DateTimeFormat("en-GB", { timeZone, weekday: "short", hour: "2-digit", hourCycle: "h23" });
  }

  hourAt(ms: number): Hour {
    const index = Math.floor(ms / hourMs);
    const known = this.#hours.get(index);
    if (known !== undefined) return known;
    const parts = this.#format.formatToParts(index * hourMs);
    const local = Number(parts.find((part) => part.type === "hour")?.value ?? 0);
    const free = weekend.has(parts.find((part) => part.type === "weekday")?.value ?? "");
    const weight = (weekdayWeights[local] ?? 0) * (free ? weekendShare : 1);
    const hour = { working: !free && local >= 9 && local < 18, weight };
    this.#hours.set(index, hour);
    return hour;
  }

  /** The instant itself in working hours, else one in the first working hour after it, at the same minute. */
  workingMs(ms: number): number {
    let at = ms;
    while (!this.hourAt(at).working) at += hourMs;
    return at;
  }
}
