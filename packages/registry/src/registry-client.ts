import type { RecordSchema } from "@leadwire/events";
import { type Either, isLeft, left, right } from "fp-ts/lib/Either.js";
import { type RegistryFault, refused } from "./registry-fault.ts";
import { detailOf, type RegistryHttp } from "./registry-http.ts";

/** A version as a registry holds it. */
export interface RegisteredSchema {
  readonly id: number;
  readonly version: number;
  /** The schema's JSON text. */
  readonly text: string;
}

type Answered<A> = Promise<Either<RegistryFault, A>>;

const isNumber = (value: unknown): value is number => typeof value === "number";
const isText = (value: unknown): value is string => typeof value === "string";
const fieldOf = (body: unknown, name: string): unknown =>
  typeof body === "object" && body !== null ? Reflect.get(body, name) : undefined;

/** The part of Confluent's schema registry API that Leadwire needs. What a registry does not know is undefined. */
export class RegistryClient {
  private readonly http: RegistryHttp;

  constructor(http: RegistryHttp) {
    this.http = http;
  }

  /** Whether it was told to ask nothing more. */
  get isStopped(): boolean {
    return this.http.isStopped;
  }

  rest(): Promise<void> {
    return this.http.rest();
  }

  /** The versions of a subject, oldest first; empty where there is no such subject. */
  async versions(subject: string): Answered<ReadonlyArray<number>> {
    const path = `/subjects/${encodeURIComponent(subject)}/versions`;
    return this.read("GET", path, undefined, (body) => (Array.isArray(body) ? body.filter(isNumber) : []));
  }

  async version(subject: string, version: number): Answered<RegisteredSchema | undefined> {
    return this.read("GET", `/subjects/${encodeURIComponent(subject)}/versions/${version}`, undefined, registered);
  }

  /** The version of a subject that is this very schema. */
  async lookUp(subject: string, schema: RecordSchema): Answered<RegisteredSchema | undefined> {
    return this.read("POST", `/subjects/${encodeURIComponent(subject)}`, payload(schema), registered);
  }

  /** The schema text of an id, deleted subjects included. */
  async textOf(id: number): Answered<string | undefined> {
    return this.read("GET", `/schemas/ids/${id}`, undefined, (body) => {
      const text = fieldOf(body, "schema");
      return isText(text) ? text : undefined;
    });
  }

  /** Why the registry would not take a schema; undefined when it would, or has nothing to compare it with. */
  async objection(subject: string, schema: RecordSchema): Answered<string | undefined> {
    const path = `/compatibility/subjects/${encodeURIComponent(subject)}/versions?verbose=true`;
    return this.read("POST", path, payload(schema), (body) => {
      if (fieldOf(body, "is_compatible") !== false) return undefined;
      // Confluent answers a list of messages, Apicurio one reason.
      const said = fieldOf(body, "messages") ?? fieldOf(body, "reason");
      return Array.isArray(said) ? said.join("; ") : isText(said) ? said : "it gives no reason";
    });
  }

  /** Registers a schema as the subject's next version. Right of a text is the registry's 409: what it breaks. */
  async register(subject: string, schema: RecordSchema): Answered<number | string> {
    const path = `/subjects/${encodeURIComponent(subject)}/versions`;
    const sent = await this.http.send("POST", path, payload(schema));
    if (isLeft(sent)) return sent;
    const { status, body } = sent.right;
    const id = fieldOf(body, "id");
    if (status === 409) return right(detailOf(body));
    return status === 200 && isNumber(id) ? right(id) : left(refused(`POST ${path}`, status, detailOf(body)));
  }

  /** The compatibility level that holds for a subject: its own, else the registry's. */
  async level(subject: string): Answered<string> {
    const own = await this.levelAt(`/config/${encodeURIComponent(subject)}`);
    if (isLeft(own)) return own;
    if (own.right !== undefined) return right(own.right);
    const general = await this.levelAt("/config");
    return isLeft(general) ? general : right(general.right ?? "NONE");
  }

  /** Whether the registry took the level: it may keep that right to its administrators. */
  async setLevel(subject: string, compatibility: string): Answered<boolean> {
    const sent = await this.http.send("PUT", `/config/${encodeURIComponent(subject)}`, { compatibility });
    if (isLeft(sent)) return sent.left._tag === "RegistryRefused" ? right(false) : sent;
    return right(sent.right.status === 200);
  }

  private levelAt(path: string): Answered<string | undefined> {
    return this.read("GET", path, undefined, (body) => {
      const level = fieldOf(body, "compatibilityLevel");
      return isText(level) ? level : undefined;
    });
  }

  /** 404 with the registry's own error code means that it does not know; without one, that this is no registry. */
  private async read<A>(
    method: "GET" | "POST",
    path: string,
    body: object | undefined,
    take: (body: unknown) => A,
  ): Answered<A> {
    const sent = await this.http.send(method, path, body);
    if (isLeft(sent)) return sent;
    const { status, body: answer } = sent.right;
    if (status === 200) return right(take(answer));
    if (status === 404 && isNumber(fieldOf(answer, "error_code"))) return right(take(undefined));
    return left(refused(`${method} ${path}`, status, detailOf(answer)));
  }
}

const payload = (schema: RecordSchema): object => ({ schemaType: "AVRO", schema: JSON.stringify(schema) });

const registered = (body: unknown): RegisteredSchema | undefined => {
  const [id, version, text] = [fieldOf(body, "id"), fieldOf(body, "version"), fieldOf(body, "schema")];
  return isNumber(id) && isNumber(version) && isText(text) ? { id, version, text } : undefined;
};
