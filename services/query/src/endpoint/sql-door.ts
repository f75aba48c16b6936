import type { IncomingMessage } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { plainDetail, type Reader, type ReaderDoor, type ReaderLogin } from "@leadwire/store";
import { type Either, isLeft, left, right } from "fp-ts/lib/Either.js";
import type { TaskEither } from "fp-ts/lib/TaskEither.js";
import { plainMessage } from "../gate/judgement.ts";
import { readErrorText } from "./error-text.ts";
import { type EndReason, RunningAsks } from "./running-asks.ts";
import { defaultSeats, type SeatLimits, Seats } from "./seats.ts";
import { type SentAsk, sendAsk } from "./send-ask.ts";
import type { SqlAsk } from "./sql-ask.ts";
import { codes, refusalOfText, type SqlRefusal, sqlRefusal } from "./sql-refusal.ts";

/** One who asks, and for how long. */
export interface SqlCaller {
  readonly reader: Reader;
  /** False once the token is taken back, or has expired. */
  readonly stands: () => boolean;
}

/** Judges a statement; Right is what may be run. */
export type JudgeAsk = (ask: SqlAsk) => TaskEither<SqlRefusal, string>;

export interface SqlDoorOptions {
  readonly readers: Pick<ReaderDoor, "enter" | "loginOf" | "ready">;
  readonly judge: JudgeAsk;
  /** Random bytes in hex. */
  readonly randomHex: (bytes: number) => string;
  readonly seats?: Partial<SeatLimits>;
  /** How long a statement waits for a ClickHouse that died or pauses (default 10,000). */
  readonly readyWaitMs?: number;
  /** Running statements are held against what their tokens are worth so often (default 1,000). */
  readonly sweepMs?: number;
}

/** An answer that has begun. */
export interface SqlAnswer {
  /** As the one who asks named it, else as ClickHouse calls it. */
  readonly queryId: string;
  /** Of ClickHouse; its body is still to be read. A body that is destroyed has broken off. */
  readonly message: IncomingMessage;
}

const endings: Readonly<Record<EndReason, SqlRefusal>> = {
  cancelled: sqlRefusal(codes.cancelled, "The query was cancelled."),
  revoked: sqlRefusal(codes.unknownLogin, "The token was taken back, or has expired, while the query ran."),
  closing: sqlRefusal(codes.networkError, "The service is ending. Ask again once it is back."),
};

const away = sqlRefusal(codes.networkError, "ClickHouse does not answer. Ask again in a few seconds.");
const brokeOff = sqlRefusal(
  codes.networkError,
  "ClickHouse ended while it ran this query, or was restarted for a new token. Ask again; if that ends it again, ask for less.",
);
const full = sqlRefusal(
  codes.tooManyQueries,
  "Too many queries run at once. Wait for some of them to end, or cancel them.",
);
const unknownReader = sqlRefusal(
  codes.unknownLogin,
  "The token is not known to ClickHouse yet. Ask again in a few seconds.",
);

const pollMs = 50;

/** What ClickHouse says of a statement that it did not answer. */
const refusalOf = async (message: IncomingMessage): Promise<SqlRefusal> => {
  const code = Number(message.headers["x-clickhouse-exception-code"] ?? 0);
  const found = refusalOfText(plainDetail(await readErrorText(message)), code);
  return { ...found, message: plainMessage(found.message, found.name) };
};

const isRefusedConnection = (fault: unknown): boolean =>
  fault instanceof Error && "code" in fault && fault.code === "ECONNREFUSED";

/** The way of every statement to ClickHouse: judged, seated, sent as the reader who asks, and ended with their right to ask. */
export class SqlDoor {
  readonly #options: SqlDoorOptions;
  readonly #seats: Seats;
  readonly #running = new RunningAsks();
  readonly #sweep: NodeJS.Timeout;
  /** Beside a number, so that two services that ask one ClickHouse never give the same name. */
  readonly #namesake: string;
  #asked = 0;
  /** From where an answer broke off until ClickHouse answers again. */
  #isBroken = false;

  constructor(options: SqlDoorOptions) {
    this.#options = options;
    this.#namesake = options.randomHex(6);
    this.#seats = new Seats({ ...defaultSeats, ...options.seats });
    this.#sweep = setInterval(() => this.#running.endFallen(), options.sweepMs ?? 1_000);
    this.#sweep.unref();
  }

  /** Asks. `gone`: aborted when nobody waits for the answer any more. */
  async ask(caller: SqlCaller, ask: SqlAsk, gone: AbortSignal): Promise<Either<SqlRefusal, SqlAnswer>> {
    const { id } = caller.reader;
    if (ask.queryId !== undefined && this.#running.has(id, ask.queryId))
      return left(
        sqlRefusal([216, "QUERY_WITH_SAME_ID_IS_ALREADY_RUNNING"], `A query ${ask.queryId} of yours runs already.`),
      );
    const ending = new AbortController();
    let reason: EndReason = "cancelled";
    const end = (why: EndReason): void => {
      reason = why;
      ending.abort();
    };
    const leave = (): void => end("cancelled");
    gone.addEventListener("abort", leave);
    const remove = this.#running.add({ who: id, queryId: ask.queryId, stands: caller.stands, end });
    const over = (): void => {
      gone.removeEventListener("abort", leave);
      remove();
    };
    let isAnswering = false;
    try {
      const answer = await this.#answer(caller, ask, ending.signal, over);
      isAnswering = answer._tag === "Right";
      return isLeft(answer) && ending.signal.aborted ? left(endings[reason]) : answer;
    } finally {
      if (!isAnswering) over();
    }
  }

  /** How many statements are being run. */
  get running(): number {
    return this.#seats.taken;
  }

  /** Ends a running statement of this reader; false where none runs under that name. */
  cancel(reader: Reader, queryId: string): boolean {
    return this.#running.cancel(reader.id, queryId) > 0;
  }

  /** Ends what runs. */
  close(): void {
    clearInterval(this.#sweep);
    this.#running.endAll();
  }

  async #answer(
    caller: SqlCaller,
    ask: SqlAsk,
    signal: AbortSignal,
    over: () => void,
  ): Promise<Either<SqlRefusal, SqlAnswer>> {
    const judged = await this.#judged(ask, signal);
    if (isLeft(judged)) return judged;
    const leaveSeat = await this.#seats.take(caller.reader.id, signal);
    if (leaveSeat === undefined) return left(full);
    const { queryId, ...rest } = ask;
    this.#asked += 1;
    const sentId = `${caller.reader.id}.${this.#namesake}.${this.#asked}`;
    const sent = await this.#sent(caller.reader, { ...rest, sql: judged.right, sentId }, signal);
    if (isLeft(sent)) {
      leaveSeat();
      return sent;
    }
    sent.right.once("close", () => {
      leaveSeat();
      over();
    });
    if (signal.aborted) sent.right.destroy();
    return right({ queryId: queryId ?? sentId, message: sent.right });
  }

  /** Judging asks ClickHouse, too: it waits for one that is away as the statement itself does. */
  #judged(ask: SqlAsk, signal: AbortSignal): Promise<Either<SqlRefusal, string>> {
    return this.#untilThere(signal, async () => {
      const judged = await this.#options.judge(ask)();
      return isLeft(judged) && judged.left.code === codes.networkError[0] ? undefined : judged;
    });
  }

  #sent(reader: Reader, ask: SentAsk, signal: AbortSignal): Promise<Either<SqlRefusal, IncomingMessage>> {
    let isFirst = true;
    return this.#untilThere(signal, async () => {
      const login = await this.#login(reader, signal);
      if (login === undefined) return left(unknownReader);
      const leave = await this.#enter(signal);
      if (leave === undefined) return left(away);
      // Where another has just broken off, this one may meet the same dying process; then it is asked once more.
      const mayMeetDying = this.#isBroken && isFirst;
      try {
        const message = await sendAsk(login, ask, signal);
        this.#isBroken = false;
        message.once("close", () => {
          leave();
          if (!message.complete && !signal.aborted) this.#isBroken = true;
        });
        return message.statusCode === 200 ? right(message) : left(await refusalOf(message));
      } catch (fault) {
        leave();
        // Sent, it may have run, and may be what ended ClickHouse: only what reached nobody is asked again as often as it takes.
        if (isRefusedConnection(fault)) return undefined;
        if (signal.aborted) return left(away);
        this.#isBroken = true;
        isFirst = false;
        return mayMeetDying ? undefined : left(brokeOff);
      }
    });
  }

  /**
   * Tries again while ClickHouse is away (`undefined`), for as long as that is waited for: one that was killed is not known
   * to be dead at once.
   */
  async #untilThere<T>(
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
