import type { IncomingMessage } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { plainDetail, type Reader, type ReaderDoor, type ReaderLogin } from "@leadwire/store";
import { type Either, left, right } from "fp-ts/lib/Either.js";
import { plainMessage } from "../gate/judgement.ts";
import { readErrorText } from "./error-text.ts";
import { type SentAsk, sendAsk } from "./send-ask.ts";
import { codes, refusalOfText, type SqlRefusal, sqlRefusal } from "./sql-refusal.ts";

export interface AskLineOptions {
  readonly readers: Pick<ReaderDoor, "enter" | "loginOf" | "ready">;
  /** How long a statement waits for a ClickHouse that died or pauses (default 10,000). */
  readonly readyWaitMs?: number;
}

const away = sqlRefusal(codes.networkError, "ClickHouse does not answer. Ask again in a few seconds.");
const brokeOff = sqlRefusal(
  codes.networkError,
  "ClickHouse ended while it ran this query, or was restarted for a new token. Ask again; if that ends it again, ask for less.",
);
const unknownReader = sqlRefusal(
  codes.unknownLogin,
  "The token is not known to ClickHouse yet. Ask again in a few seconds.",
);

const pollMs = 50;
/** So long a process that was killed may still take connections. */
const dyingForMs = 1_000;

/** What ClickHouse says of a statement that it did not answer. */
const refusalOf = async (message: IncomingMessage): Promise<SqlRefusal> => {
  const code = Number(message.headers["x-clickhouse-exception-code"] ?? 0);
  const found = refusalOfText(plainDetail(await readErrorText(message)), code);
  return { ...found, message: plainMessage(found.message, found.name) };
};

const isRefusedConnection = (fault: unknown): boolean =>
  fault instanceof Error && "code" in fault && fault.code === "ECONNREFUSED";

/** The line to a ClickHouse that may pause, die and come back: what can be asked again without harm is. */
export class AskLine {
  readonly #options: AskLineOptions;
  /** Set for a moment after an answer broke off, unless ClickHouse answers before. */
  #broken: NodeJS.Timeout | undefined;

  constructor(options: AskLineOptions) {
    this.#options = options;
  }

  close(): void {
    this.#mended();
  }

  /** Sends a statement as a reader; Right is an answer that has begun. */
  send(reader: Reader, ask: SentAsk, signal: AbortSignal): Promise<Either<SqlRefusal, IncomingMessage>> {
    let isFirst = true;
    return this.untilThere(signal, async () => {
      const login = await this.#login(reader, signal);
      if (login === undefined) return left(unknownReader);
      const leave = await this.#enter(signal);
      if (leave === undefined) return left(away);
      // Where another has just broken off, this one may meet the same dying process; then it is asked once more.
      const brokenBefore = isFirst ? this.#broken : undefined;
      try {
        const message = await sendAsk(login, ask, signal);
        this.#mended();
        message.once("close", () => {
          leave();
          if (!message.complete && !signal.aborted) this.#breaks();
        });
        return message.statusCode === 200 ? right(message) : left(await refusalOf(message));
      } catch (fault) {
        leave();
        // Sent, it may have run, and may be what ended ClickHouse: only what reached nobody is asked again as often as it takes.
        if (isRefusedConnection(fault)) return undefined;
        if (signal.aborted) return left(away);
        const metDying = brokenBefore !== undefined && this.#broken === brokenBefore;
        isFirst = false;
        this.#breaks();
        return metDying ? undefined : left(brokeOff);
      }
    });
  }

  /**
   * Tries again while ClickHouse is away (`undefined`), for as long as that is waited for: one that was killed is not known
   * to be dead at once.
   */
  async untilThere<T>(
    signal: AbortSignal,
    attempt: () => Promise<Either<SqlRefusal, T> | undefined>,
  ): Promise<Either<SqlRefusal, T>> {
    const { readyWaitMs = 10_000 } = this.#options;
    for (let waitedMs = 0; waitedMs <= readyWaitMs && !signal.aborted; waitedMs += pollMs) {
      const found = await attempt();
      if (found !== undefined) return found;
      await sleep(pollMs);
    }
    return left(away);
  }

  /** An answer broke off: ClickHouse may be dying. */
  #breaks(): void {
    this.#mended();
    this.#broken = setTimeout(() => this.#mended(), dyingForMs);
    this.#broken.unref();
  }

  #mended(): void {
    clearTimeout(this.#broken);
    this.#broken = undefined;
  }

  /** A token that was just made is not known to ClickHouse at once. */
  async #login(reader: Reader, signal: AbortSignal): Promise<ReaderLogin | undefined> {
    const { readers, readyWaitMs = 10_000 } = this.#options;
    for (let waitedMs = 0; ; waitedMs += pollMs) {
      const login = readers.loginOf(reader);
      if (login !== undefined || waitedMs >= readyWaitMs || signal.aborted) return login;
      await sleep(pollMs);
    }
  }

  /** Resolves once ClickHouse takes a request, to what is called when its answer has ended; undefined after the wait. */
  async #enter(signal: AbortSignal): Promise<(() => void) | undefined> {
    const { readers, readyWaitMs = 10_000 } = this.#options;
    const waited = new AbortController();
    const late = sleep(readyWaitMs, undefined, { signal: AbortSignal.any([signal, waited.signal]) }).catch(
      () => undefined,
    );
    const entering = readers.ready().then(readers.enter);
    const leave = await Promise.race([entering, late]);
    waited.abort();
    // Let in after all, with nobody there any more.
    if (leave === undefined) void entering.then((leaveLate) => leaveLate());
    return leave;
  }
}
