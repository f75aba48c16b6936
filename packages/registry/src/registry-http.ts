import { setTimeout as sleep } from "node:timers/promises";
import { type Either, left, right } from "fp-ts/lib/Either.js";
import { type RegistryFault, refused, unreachable } from "./registry-fault.ts";

export interface RegistryAddress {
  /** The root of the Confluent API, such as http://registry:8080/apis/ccompat/v7. */
  readonly url: string;
  /** For basic authentication. */
  readonly user?: string;
  readonly password?: string;
}

export interface RegistryPatience {
  /** How often a request is tried before the registry counts as unreachable. */
  readonly attempts: number;
  /** The first pause between two attempts; it doubles up to `pauseMsMax`. */
  readonly pauseMs: number;
  readonly pauseMsMax: number;
  /** For one attempt. */
  readonly timeoutMs: number;
}

/** About 30 s of pauses: a registry that starts beside us is waited for. */
export const defaultPatience: RegistryPatience = { attempts: 12, pauseMs: 100, pauseMsMax: 5_000, timeoutMs: 10_000 };

/** What the registry answered, whether it liked the request or not. */
export interface RegistryAnswer {
  readonly status: number;
  readonly body: unknown;
}

const contentType = "application/vnd.schemaregistry.v1+json";
/** What passes by itself: too many requests, and a server that is not well. */
const isPassing = (status: number): boolean => status === 429 || status >= 500;

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    // A proxy's page, or nothing: the text itself is the answer.
    return text.slice(0, 200);
  }
};

const messageOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message} (${error.cause.message})` : error.message;
};

/** What an answer says beside its status. */
export const detailOf = (body: unknown): string => {
  const message = typeof body === "object" && body !== null ? Reflect.get(body, "message") : body;
  return typeof message === "string" ? message : JSON.stringify(body);
};

/** One request at a time and place; retried while nobody answers or the server is not well. */
export class RegistryHttp {
  private readonly address: RegistryAddress;
  private readonly patience: RegistryPatience;
  private readonly headers: Readonly<Record<string, string>>;

  private readonly signal: AbortSignal | undefined;

  /** Nothing more is asked once `signal` aborts. */
  constructor(address: RegistryAddress, patience: RegistryPatience, signal?: AbortSignal) {
    this.signal = signal;
    this.address = { ...address, url: address.url.replace(/\/+$/, "") };
    this.patience = patience;
    const { user, password = "" } = address;
    const basic =
      user === undefined ? {} : { authorization: `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}` };
    this.headers = { accept: `${contentType}, application/json`, "content-type": contentType, ...basic };
  }

  /** Left when nobody answers, or with 401 and 403, which no request can do anything about. */
  async send(
    method: "GET" | "POST" | "PUT",
    path: string,
    body?: object,
  ): Promise<Either<RegistryFault, RegistryAnswer>> {
    const { attempts, pauseMs, pauseMsMax } = this.patience;
    let detail = "it was not asked any more";
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      if (attempt > 0) await this.pause(Math.min(pauseMs * 2 ** (attempt - 1), pauseMsMax));
      if (this.isStopped) break;
      try {
        const answer = await this.once(method, path, body);
        const { status } = answer;
        if (status === 401 || status === 403) return left(refused(`${method} ${path}`, status, detailOf(answer.body)));
        if (!isPassing(status)) return right(answer);
        detail = `status ${status}: ${detailOf(answer.body)}`;
      } catch (error) {
        // fetch rejects when nobody answers or the time is up.
        detail = messageOf(error);
      }
    }
    return left(unreachable(this.address.url, attempts, detail));
  }

  get isStopped(): boolean {
    return this.signal?.aborted === true;
  }

  /** For whoever asks again after a fault: as long as between two attempts at most. */
  rest(): Promise<void> {
    return this.pause(this.patience.pauseMsMax);
  }

  private pause(ms: number): Promise<void> {
    const { signal } = this;
    return sleep(ms, undefined, signal === undefined ? {} : { signal }).catch(() => undefined);
  }

  private async once(method: string, path: string, body: object | undefined): Promise<RegistryAnswer> {
    const response = await fetch(`${this.address.url}${path}`, {
      method,
      headers: this.headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(this.patience.timeoutMs),
    });
    return { status: response.status, body: parsed(await response.text()) };
  }
}
