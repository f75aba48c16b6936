import {
  breakingFields,
  currentSchemas,
  fullNameOf,
  type Incompatibility,
  isSameSchema,
  publishedSchemas,
  type RecordSchema,
  type SchemaName,
  unreadable,
  writerSchemaOf,
} from "@leadwire/events";
import { type Either, isLeft, left, right } from "fp-ts/lib/Either.js";
import type { RegisteredSchema, RegistryClient } from "./registry-client.ts";
import { type RegistryFault, schemaBreaks } from "./registry-fault.ts";

/** The level that a log kept for ever needs: the newest schema reads every former version. */
const neededLevel = "BACKWARD_TRANSITIVE";
/** FULL also asks former readers to read new records, which no promise here needs and none forbids. */
const strongEnough: ReadonlySet<string> = new Set([neededLevel, "FULL_TRANSITIVE"]);

/** One schema's place in the registry. */
export interface Enrolment {
  readonly name: SchemaName;
  /** The id of the schema that this version writes. */
  readonly idNow: number;
  /** Every version that the registry holds and we can read. */
  readonly readable: ReadonlyArray<{ readonly id: number; readonly schema: RecordSchema }>;
  /** The subject took anything (NONE) until now. */
  readonly levelSet: boolean;
  /** What somebody should look at, in words. */
  readonly notices: ReadonlyArray<string>;
}

type Step<A> = Promise<Either<RegistryFault, A>>;

const described = ({ version, detail }: Incompatibility, place: string): string =>
  `${detail} (against version ${version} of ${place})`;

/** A schema that may not be published: its own history/ tells, before any registry is asked. */
const historyFault = (name: SchemaName, current: RecordSchema): RegistryFault | undefined => {
  const former = publishedSchemas.filter((entry) => entry.name === name);
  const breaks = breakingFields(name, current, former);
  if (breaks.length === 0) return undefined;
  return schemaBreaks(
    name,
    fullNameOf(current),
    breaks.map((found) => described(found, `schemas/history/${name}`)),
  );
};

/**
 * Brings one schema into the registry under its full name (RecordNameStrategy: several types share a topic, and derived
 * topics come and go with generations). What is there already is only looked up, so that a reader's rights are enough.
 */
export const enrol = async (
  client: RegistryClient,
  name: SchemaName,
  current: RecordSchema = currentSchemas[name],
): Step<Enrolment> => {
  const subject = fullNameOf(current);
  const broken = historyFault(name, current);
  if (broken !== undefined) return left(broken);
  const held = await heldVersions(client, subject);
  if (isLeft(held)) return held;
  const own = await client.lookUp(subject, current);
  if (isLeft(own)) return own;
  const ownVersion = own.right?.version ?? Number.POSITIVE_INFINITY;
  const former = held.right.filter(({ version }) => version < ownVersion);
  const breaks = former.flatMap((version) => registryBreaks(name, current, version, subject));
  if (breaks.length > 0) return left(schemaBreaks(name, subject, breaks));
  const level = await strengthen(client, subject);
  if (isLeft(level)) return level;
  const published = await publish(client, name, current, subject);
  if (isLeft(published)) return published;
  const foreign = held.right.filter(({ id }) => !published.right.readable.some((known) => known.id === id));
  return right(withForeign(name, published.right, foreign, subject, level.right));
};

/** Versions of newer or foreign producers: those that can be read are, the others are told before one record is put aside. */
const withForeign = (
  name: SchemaName,
  published: Published,
  foreign: ReadonlyArray<RegisteredSchema>,
  subject: string,
  level: Level,
): Enrolment => {
  const readable = [...published.readable];
  const told = [...level.notices];
  for (const { id, version, text } of foreign) {
    const writer = writerSchemaOf(text);
    const why = isLeft(writer) ? writer.left : unreadable(writer.right);
    if (why === undefined && !isLeft(writer)) readable.push({ id, schema: writer.right.schema });
    else
      told.push(`Records of ${subject} version ${version} (id ${id}) will be quarantined: ${why}. Upgrade Leadwire.`);
  }
  return { name, idNow: published.idNow, readable, levelSet: level.levelSet, notices: told };
};

const heldVersions = async (client: RegistryClient, subject: string): Step<ReadonlyArray<RegisteredSchema>> => {
  const versions = await client.versions(subject);
  if (isLeft(versions)) return versions;
  const held: RegisteredSchema[] = [];
  for (const version of versions.right) {
    const found = await client.version(subject, version);
    if (isLeft(found)) return found;
    if (found.right !== undefined) held.push(found.right);
  }
  return right(held);
};

/** What of a former version of the registry our schema cannot read. */
const registryBreaks = (
  name: SchemaName,
  current: RecordSchema,
  { version, text }: RegisteredSchema,
  subject: string,
): ReadonlyArray<string> => {
  const writer = writerSchemaOf(text);
  if (isLeft(writer)) return [`version ${version} of ${subject} in the registry is no former version: ${writer.left}`];
  return breakingFields(name, current, [{ version, schema: writer.right.schema }]).map((found) =>
    described(found, `${subject} in the registry`),
  );
};

type Level = Pick<Enrolment, "levelSet" | "notices">;

/** Somebody chose any other level than NONE: theirs stays, with a word, and our own checks hold all the same. */
const strengthen = async (client: RegistryClient, subject: string): Step<Level> => {
  const level = await client.level(subject);
  if (isLeft(level)) return level;
  if (strongEnough.has(level.right)) return right({ levelSet: false, notices: [] });
  if (level.right !== "NONE") return right({ levelSet: false, notices: [weak(subject, level.right)] });
  const set = await client.setLevel(subject, neededLevel);
  if (isLeft(set)) return set;
  return right({
    levelSet: set.right,
    notices: set.right ? [] : [weak(subject, "NONE, and may not be changed by us")],
  });
};

const weak = (subject: string, level: string): string =>
  `Subject ${subject} has compatibility ${level}. Set it to ${neededLevel}: the log keeps old records for ever.`;

interface Published {
  readonly idNow: number;
  readonly readable: Enrolment["readable"];
}

/** Former versions too, oldest first, so that a fresh registry holds the whole history under ids of its own. */
const publish = async (
  client: RegistryClient,
  name: SchemaName,
  current: RecordSchema,
  subject: string,
): Step<Published> => {
  const former = publishedSchemas.filter((entry) => entry.name === name && !isSameSchema(entry.schema, current));
  const readable: Array<{ readonly id: number; readonly schema: RecordSchema }> = [];
  for (const { schema } of former) {
    const id = await idOf(client, name, subject, schema);
    if (!isLeft(id)) readable.push({ id: id.right, schema });
    // A former version that the registry takes no more was never written with an id of this registry.
    else if (id.left._tag !== "SchemaBreaks") return id;
  }
  const now = await idOf(client, name, subject, current);
  if (isLeft(now)) return now;
  return right({ idNow: now.right, readable: [...readable, { id: now.right, schema: current }] });
};

const idOf = async (client: RegistryClient, name: SchemaName, subject: string, schema: RecordSchema): Step<number> => {
  const known = await client.lookUp(subject, schema);
  if (isLeft(known)) return known;
  return known.right === undefined ? registerNew(client, name, subject, schema) : right(known.right.id);
};

const registerNew = async (
  client: RegistryClient,
  name: SchemaName,
  subject: string,
  schema: RecordSchema,
): Step<number> => {
  const objection = await client.objection(subject, schema);
  if (isLeft(objection)) return objection;
  if (objection.right !== undefined)
    return left(schemaBreaks(name, subject, [`the registry says: ${objection.right}`]));
  const id = await client.register(subject, schema);
  if (isLeft(id)) return id;
  // Between the question and the registration somebody else may have registered a version.
  return typeof id.right === "number"
    ? right(id.right)
    : left(schemaBreaks(name, subject, [`the registry says: ${id.right}`]));
};
