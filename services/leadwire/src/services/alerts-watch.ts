import type { AlertsConfig } from "@leadwire/alerts";
import { type Either, isLeft } from "fp-ts/lib/Either.js";
import type { ReadAlerts } from "./alerts-source.ts";

export interface AlertsWatchOptions {
  /** What holds at the beginning. */
  readonly read: ReadAlerts;
  readonly source: () => Promise<Either<string, ReadAlerts>>;
  readonly onChange: (config: AlertsConfig) => void;
  readonly onNotice: (text: string) => void;
  readonly onFailure: (cause: unknown) => void;
}

const everyMs = 2_000;

/** Looks every two seconds whether the rules are others. What is wrong with new ones is said once; the former ones hold. */
export class AlertsWatch {
  private readonly options: AlertsWatchOptions;
  private held: string;
  private fault: string | undefined;
  private timer: NodeJS.Timeout | undefined;
  private isStopped = false;

  constructor(options: AlertsWatchOptions) {
    this.options = options;
    this.held = options.read.text;
  }

  start(): void {
    this.sleep();
  }

  stop(): void {
    this.isStopped = true;
    clearTimeout(this.timer);
  }

  /** Whether the files say something that does not hold, since it is wrong. */
  get isRefused(): boolean {
    return this.fault !== undefined;
  }

  private sleep(): void {
    if (this.isStopped) return;
    this.timer = setTimeout(() => void this.look().then(() => this.sleep(), this.options.onFailure), everyMs);
  }

  private async look(): Promise<void> {
    const { source, onChange, onNotice } = this.options;
    const read = await source();
    if (this.isStopped) return;
    if (isLeft(read)) {
      if (this.fault !== read.left)
        onNotice(`The former rules of alerts hold, since the new ones are wrong.\n${read.left}`);
      this.fault = read.left;
      return;
    }
    this.fault = undefined;
    if (read.right.text === this.held) return;
    this.held = read.right.text;
    onNotice("The rules of alerts were read anew.");
    onChange(read.right.config);
  }
}
