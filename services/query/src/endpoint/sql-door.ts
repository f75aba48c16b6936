import type { IncomingMessage } from "node:http";
import type { Reader } from "@leadwire/store";
import { type Either, isLeft, left, right } from "fp-ts/lib/Either.js";
import type { TaskEither } from "fp-ts/lib/TaskEither.js";
import { AskLine, type AskLineOptions } from "./ask-line.ts";
import { hideCounts, tellsProgress, withoutProgress, withoutStatistics } from "./hidden-counts.ts";
import { type EndReason, RunningAsks } from "./running-asks.ts";
import { defaultSeats, type SeatLimits, Seats } from "./seats.ts";
import type { SqlAsk } from "./sql-ask.ts";
import { codes, type SqlRefusal, sqlRefusal } from "./sql-refusal.ts";

/** One who asks, and for how long. */
export interface SqlCaller {
  readonly reader: Reader;
  /** False once the token is taken back, or has expired. */
  readonly stands: () => boolean;
}

/** Judges a statement of one reader; Right is what may be run. */
export type JudgeAsk = (ask: SqlAsk, reader: Reader) => TaskEither<SqlRefusal, string>;

export interface SqlDoorOptions extends AskLineOptions {
  readonly judge: JudgeAsk;
  /** Random bytes in hex. */
  readonly randomHex: (bytes: number) => string;
  readonly seats?: Partial<SeatLimits>;
  /** Running statements are held against what their tokens are worth so often (default 1,000). */
  readonly sweepMs?: number;
}

/** An answer that has begun. */
export interface SqlAnswer {
  /** As the one who asks named it, else as ClickHouse calls it. */
  readonly queryId: string;
  /** Of ClickHouse; its body is still to be read. A body that is destroyed has broken off. */
  readonly message: IncomingMessage;
  /** What the one who asks may have of it. */
  readonly body: AsyncIterable<Buffer>;
}

const endings: Readonly<Record<EndReason, SqlRefusal>> = {
  cancelled: sqlRefusal(codes.cancelled, "The query was cancelled."),
  revoked: sqlRefusal(codes.unknownLogin, "The token was taken back, or has expired, while the query ran."),
  closing: sqlRefusal(codes.networkError, "The service is ending. Ask again once it is back."),
};

const full = sqlRefusal(
  codes.tooManyQueries,
  "Too many queries run at once. Wait for some of them to end, or cancel them.",
);
const packedProgress = sqlRefusal(
  codes.denied,
  "A format that tells progress is not packed for a token for some rows: ask without compress=1, or in another format.",
);

/** An answer as who asked may have it; undefined where nobody can read in it what they may not. */
const answerFor = ({ where }: Reader, ask: SqlAsk, message: IncomingMessage): AsyncIterable<Buffer> | undefined => {
  const body = message as AsyncIterable<Buffer>;
  if (where.length === 0) return body;
  hideCounts(message);
  if (!tellsProgress(message)) return body;
  const isPacked =
    message.headers["content-encoding"] !== undefined || /^(?:1|true)$/u.test(ask.settings.compress ?? "0");
  return isPacked ? undefined : withoutProgress(body);
};

/** The way of every statement to ClickHouse: judged, seated, sent as the reader who asks, and ended with their right to ask. */
export class SqlDoor {
  readonly #options: SqlDoorOptions;
  readonly #line: AskLine;
  readonly #seats: Seats;
  readonly #running = new RunningAsks();
  readonly #sweep: NodeJS.Timeout;
  /** Beside a number, so that two services that ask one ClickHouse never give the same name. */
  readonly #namesake: string;
  #asked = 0;

  constructor(options: SqlDoorOptions) {
    this.#options = options;
    this.#line = new AskLine(options);
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
    if (gone.aborted) leave();
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

  /** How many wait for a seat. */
  get waiting(): number {
    return this.#seats.waiting;
  }

  /** Ends a running statement of this reader; false where none runs under that name. */
  cancel(reader: Reader, queryId: string): boolean {
    return this.#running.cancel(reader.id, queryId) > 0;
  }

  /** Ends what runs. */
  close(): void {
    clearInterval(this.#sweep);
    this.#line.close();
    this.#running.endAll();
  }

  /** Judging is a question to ClickHouse, too: it needs the seat. */
  async #answer(
    caller: SqlCaller,
    ask: SqlAsk,
    signal: AbortSignal,
    over: () => void,
  ): Promise<Either<SqlRefusal, SqlAnswer>> {
    const leaveSeat = await this.#seats.take(caller.reader.id, signal);
    if (leaveSeat === undefined) return left(full);
    let message: IncomingMessage | undefined;
    try {
      const { reader } = caller;
      const judged = await this.#judged(ask, reader, signal);
      if (isLeft(judged)) return judged;
      const { queryId, ...rest } = reader.where.length === 0 ? ask : withoutStatistics(ask);
      this.#asked += 1;
      const sentId = `${caller.reader.id}.${this.#namesake}.${this.#asked}`;
      const sent = await this.#line.send(caller.reader, { ...rest, sql: judged.right, sentId }, signal);
      if (isLeft(sent)) return sent;
      message = sent.right;
      message.once("close", () => {
        leaveSeat();
        over();
      });
      const body = answerFor(reader, ask, message);
      if (signal.aborted || body === undefined) message.destroy();
      return body === undefined ? left(packedProgress) : right({ queryId: queryId ?? sentId, message, body });
    } finally {
      if (message === undefined) leaveSeat();
    }
  }

  /** Judging asks ClickHouse, too: it waits for one that is away as the statement itself does. */
  #judged(ask: SqlAsk, reader: Reader, signal: AbortSignal): Promise<Either<SqlRefusal, string>> {
    return this.#line.untilThere(signal, async () => {
      const judged = await this.#options.judge(ask, reader)();
      return isLeft(judged) && judged.left.code === codes.networkError[0] ? undefined : judged;
    });
  }
}
