import { connect as connectPlain, type Socket } from "node:net";
import { type ConnectionOptions, connect as connectTls } from "node:tls";
import { Interrupted } from "../interrupted.ts";
import { type Api, api } from "./api.ts";
import { brokerErrorText } from "./broker-error.ts";
import { FrameReader } from "./frame-reader.ts";
import { WireReader } from "./wire-reader.ts";
import { WireWriter } from "./wire-writer.ts";

export interface Endpoint {
  readonly host: string;
  readonly port: number;
}

/** How to reach a broker. */
export interface ConnectionSettings {
  readonly clientId: string;
  readonly connectTimeoutMs: number;
  readonly tls?: ConnectionOptions;
  /** SASL PLAIN; send it over TLS only. */
  readonly plainLogin?: { readonly username: string; readonly password: string };
}

interface Request {
  readonly name: string;
  readonly resolve: (response: WireReader) => void;
  readonly reject: (error: Error) => void;
  readonly timer: NodeJS.Timeout;
}

const readBytes = 262_144;

/**
 * One connection to one broker. Requests are answered in the order sent (the broker works on one at a time), so a
 * waiting request needs a connection of its own. Any fault ends it: every open request rejects Interrupted.
 */
export class Connection {
  readonly endpoint: Endpoint;
  private readonly socket: Socket;
  private readonly clientId: string;
  private readonly requests = new Map<number, Request>();
  private correlation = 0;
  private fault: Interrupted | undefined;

  private constructor(endpoint: Endpoint, settings: ConnectionSettings, onOpen: (fault?: Interrupted) => void) {
    this.endpoint = endpoint;
    this.clientId = settings.clientId;
    const frames = new FrameReader((frame) => this.answer(frame));
    const take = (chunk: Uint8Array, bytes: number): boolean => {
      try {
        frames.push(chunk, bytes);
      } catch (cause) {
        this.end("sent what cannot be read", cause);
      }
      return true;
    };
    if (settings.tls === undefined) {
      // Reading into one reused buffer costs half of what `data` events cost.
      const onread = { buffer: Buffer.allocUnsafeSlow(readBytes), callback: (n: number, b: Uint8Array) => take(b, n) };
      this.socket = connectPlain({ ...endpoint, noDelay: true, onread }, () => onOpen());
    } else {
      this.socket = connectTls({ servername: endpoint.host, ...settings.tls, ...endpoint }, () => onOpen());
      this.socket.setNoDelay(true);
      this.socket.on("data", (chunk: Buffer) => take(chunk, chunk.length));
    }
    this.socket.on("error", (cause) => onOpen(this.end("failed", cause)));
    this.socket.on("close", () => onOpen(this.end("was closed")));
  }

  /** Connects and logs in. Rejects Interrupted when the broker cannot be reached or refuses the login. */
  static async open(endpoint: Endpoint, settings: ConnectionSettings): Promise<Connection> {
    const connection = await new Promise<Connection>((resolve, reject) => {
      const made = new Connection(endpoint, settings, (fault) => {
        clearTimeout(timer);
        if (fault === undefined) resolve(made);
        else reject(fault);
      });
      const timer = setTimeout(
        () => made.end(`gave no answer within ${settings.connectTimeoutMs} ms`),
        settings.connectTimeoutMs,
      );
    });
    if (settings.plainLogin !== undefined) await connection.logIn(settings.plainLogin, settings.connectTimeoutMs);
    return connection;
  }

  get isOpen(): boolean {
    return this.fault === undefined;
  }

  get openRequests(): number {
    return this.requests.size;
  }

  /** Sends a request whose body is the parts, end to end; resolves to the response behind its correlation id. */
  request(what: Api, parts: ReadonlyArray<Uint8Array>, timeoutMs: number): Promise<WireReader> {
    if (this.fault !== undefined) return Promise.reject(this.fault);
    this.correlation = (this.correlation + 1) & 0x7fffffff;
    const correlation = this.correlation;
    const head = new WireWriter().int32(0).int16(what.key).int16(what.version).int32(correlation).text(this.clientId);
    const header = head.take();
    let bytes = header.length - 4;
    for (const part of parts) bytes += part.length;
    header.writeInt32BE(bytes, 0);
    return new Promise((resolve, reject) => {
      const late = (): unknown => this.end(`left a ${what.name} request unanswered for ${timeoutMs} ms`);
      this.requests.set(correlation, { name: what.name, resolve, reject, timer: setTimeout(late, timeoutMs) });
      this.socket.cork();
      this.socket.write(header);
      for (const part of parts) this.socket.write(part);
      this.socket.uncork();
    });
  }

  close(): void {
    this.end("was closed by us");
  }

  /** Ends the connection once; what it answers is the fault that ended it. */
  private end(found: string, cause?: unknown): Interrupted {
    if (this.fault !== undefined) return this.fault;
    const { host, port } = this.endpoint;
    const detail = cause instanceof Error ? `: ${cause.message}` : "";
    this.fault = new Interrupted(`The connection to the broker ${host}:${port} ${found}${detail}.`, cause);
    this.socket.destroy();
    for (const { reject, timer } of this.requests.values()) {
      clearTimeout(timer);
      reject(this.fault);
    }
    this.requests.clear();
    return this.fault;
  }

  private answer(frame: Buffer): void {
    const correlation = frame.readInt32BE(0);
    const request = this.requests.get(correlation);
    if (request === undefined) {
      this.end(`answered a request ${correlation} that was not sent`);
      return;
    }
    this.requests.delete(correlation);
    clearTimeout(request.timer);
    request.resolve(new WireReader(frame, 4));
  }

  private async logIn(login: { username: string; password: string }, timeoutMs: number): Promise<void> {
    const refuse = (code: number): Interrupted => this.end(`refused the login: ${brokerErrorText(code)}`);
    const handshake = await this.request(api.saslHandshake, [new WireWriter().text("PLAIN").take()], timeoutMs);
    const offered = handshake.int16();
    if (offered !== 0) throw refuse(offered);
    const token = Buffer.from(`\0${login.username}\0${login.password}`);
    const answer = await this.request(api.saslAuthenticate, [new WireWriter().bytes(token).take()], timeoutMs);
    const code = answer.int16();
    if (code !== 0) throw refuse(code);
  }
}
