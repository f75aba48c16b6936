import { type Either, left, right } from "fp-ts/lib/Either.js";
import { avroType } from "./avro-type.ts";
import { type DecodeFault, decodeFault, Fault } from "./decode-fault.ts";
import { FramedEncoder } from "./framed-codec.ts";
import { currentSchemas, type SchemaName } from "./schema/published.ts";
import { type SchemaRegistry, schemaIdsOf } from "./schema-registry.ts";
import { frameId, frameLength } from "./wire.ts";

/** One of several kinds of records, by the name of its schema. */
export type NamedRecord<Records> = {
  [Name in keyof Records]: { readonly name: Name; readonly record: Records[Name] };
}[keyof Records];

/** Framed Avro and back, for a topic that holds records of several schemas. */
export interface RecordCodec<Records> {
  readonly encode: (record: NamedRecord<Records>) => Buffer;
  /** Whether a framed record is one of these: the schema's name, undefined for any other. */
  readonly nameOf: (bytes: Buffer, start: number, end: number) => keyof Records | undefined;
  /** Reads what `encode` wrote; Left for any other record. */
  readonly decode: (bytes: Buffer) => Either<DecodeFault, NamedRecord<Records>>;
}

const encoder = new FramedEncoder();

/** Writes with the registry's ids; reads those and the derived ones. Throws where a schema of that name is not known. */
export const recordCodec = <Records>(
  registry: SchemaRegistry,
  names: ReadonlyArray<keyof Records & SchemaName>,
): RecordCodec<Records> => {
  const types = new Map<keyof Records, ReturnType<typeof avroType>>(
    names.map((name) => [name, avroType(currentSchemas[name])]),
  );
  const idsOf = new Map<keyof Records, ReturnType<typeof schemaIdsOf>>(
    names.map((name) => [name, schemaIdsOf(registry, name)]),
  );
  const nameOfId = new Map([...idsOf].flatMap(([name, { own, derived }]) => [derived, own].map((id) => [id, name])));
  const nameOf = (bytes: Buffer, start: number, end: number): keyof Records | undefined =>
    nameOfId.get(frameId(bytes, start, end));

  return {
    nameOf,
    encode: ({ name, record }) => {
      const type = types.get(name);
      const ids = idsOf.get(name);
      if (type === undefined || ids === undefined) throw new Error(`${String(name)} is no record of this topic`);
      return encoder.encode(type, ids.own, record);
    },
    decode: (bytes) => {
      const name = nameOf(bytes, 0, bytes.length);
      const type = name === undefined ? undefined : types.get(name);
      if (name === undefined || type === undefined) return left(decodeFault(Fault.unknownSchema));
      try {
        return right({ name, record: type.fromBuffer(bytes.subarray(frameLength)) } as NamedRecord<Records>);
      } catch {
        // avsc throws one kind of error for whatever it cannot read.
        return left(decodeFault(Fault.truncated));
      }
    },
  };
};
