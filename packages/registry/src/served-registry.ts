import {
  currentSchemas,
  derivedRegistry,
  fullNameOf,
  isSameSchema,
  type SchemaName,
  type SchemaRegistry,
  unreadable,
  type WriterSchema,
  writerSchemaOf,
} from "@leadwire/events";
import { type Either, isLeft, left, right } from "fp-ts/lib/Either.js";
import type { Enrolment } from "./enrolment.ts";
import type { RegistryClient } from "./registry-client.ts";
import { idClash, type RegistryFault } from "./registry-fault.ts";

/** Foreign records may carry any id: beyond so many of which the server knows nothing, it is asked about them anew. */
const absentIdsMax = 100_000;

/** A registry whose ids come from a server. Ids derived from `schemas/` stay readable: a log may hold both. */
export interface ServedRegistry extends SchemaRegistry {
  readonly isSettled: (id: number) => boolean;
  readonly learn: (id: number) => Promise<void>;
}

/** Told in words what somebody should look at; never of a single record. */
export type Notice = (text: string) => void;

class Served implements ServedRegistry {
  private readonly client: RegistryClient;
  private readonly notice: Notice;
  private readonly ids: ReadonlyMap<SchemaName, number>;
  private readonly writers: Map<number, WriterSchema>;
  private readonly absent = new Set<number>();
  private readonly asking = new Map<number, Promise<void>>();

  constructor(
    client: RegistryClient,
    notice: Notice,
    ids: ReadonlyMap<SchemaName, number>,
    writers: Map<number, WriterSchema>,
  ) {
    this.client = client;
    this.notice = notice;
    this.ids = ids;
    this.writers = writers;
  }

  readonly idOf = (name: SchemaName): number => {
    const id = this.ids.get(name);
    if (id === undefined) throw new Error(`Schema ${name} was not registered at start.`);
    return id;
  };

  readonly byId = (id: number): WriterSchema | undefined => this.writers.get(id) ?? derivedRegistry.byId(id);

  readonly isSettled = (id: number): boolean => this.byId(id) !== undefined || this.absent.has(id);

  readonly learn = (id: number): Promise<void> => {
    if (this.isSettled(id)) return Promise.resolve();
    const asked = this.asking.get(id) ?? this.ask(id).finally(() => this.asking.delete(id));
    this.asking.set(id, asked);
    return asked;
  };

  /** A silent server is waited out: its answer decides what becomes of a record, and a guess would stay. */
  private async ask(id: number): Promise<void> {
    while (!this.client.isStopped) {
      const text = await this.client.textOf(id);
      if (isLeft(text)) {
        if (this.client.isStopped) return;
        this.notice(`Records with schema id ${id} wait for the schema registry. ${text.left.message}`);
        await this.client.rest();
        continue;
      }
      this.settle(id, text.right);
      return;
    }
  }

  private settle(id: number, text: string | undefined): void {
    if (this.absent.size >= absentIdsMax) this.absent.clear();
    if (text === undefined) {
      this.absent.add(id);
      return;
    }
    const writer = writerSchemaOf(text);
    const why = isLeft(writer) ? writer.left : unreadable(writer.right);
    if (why === undefined && !isLeft(writer)) {
      this.writers.set(id, writer.right);
      return;
    }
    this.absent.add(id);
    this.notice(`Records with schema id ${id} are quarantined: ${why}. Upgrade Leadwire, then replay them.`);
  }
}

/** Left where an id of the server means another schema than the same id derived from `schemas/`. */
export const servedRegistry = (
  client: RegistryClient,
  notice: Notice,
  enrolments: ReadonlyArray<Enrolment>,
): Either<RegistryFault, ServedRegistry> => {
  const writers = new Map<number, WriterSchema>();
  for (const { name, readable } of enrolments)
    for (const { id, schema } of readable) {
      const derived = derivedRegistry.byId(id);
      if (derived !== undefined && !isSameSchema(derived.schema, schema))
        return left(idClash(id, fullNameOf(currentSchemas[name]), `schemas/${derived.name}`));
      writers.set(id, { name, schema });
    }
  const ids = new Map(enrolments.map(({ name, idNow }) => [name, idNow]));
  return right(new Served(client, notice, ids, writers));
};
