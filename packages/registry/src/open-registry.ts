import { currentSchemas, type SchemaName } from "@leadwire/events";
import { isLeft, left, right } from "fp-ts/lib/Either.js";
import type { TaskEither } from "fp-ts/lib/TaskEither.js";
import { type Enrolment, enrol } from "./enrolment.ts";
import { RegistryClient } from "./registry-client.ts";
import type { RegistryFault } from "./registry-fault.ts";
import { defaultPatience, type RegistryAddress, RegistryHttp, type RegistryPatience } from "./registry-http.ts";
import { type Notice, type ServedRegistry, servedRegistry } from "./served-registry.ts";

export interface RegistryOptions extends RegistryAddress {
  readonly notice: Notice;
  readonly patience?: Partial<RegistryPatience>;
  /** Ends the asking: also for ids that are met later. */
  readonly signal?: AbortSignal;
}

// Object.keys forgets that the keys of currentSchemas are its names.
const names = Object.keys(currentSchemas) as ReadonlyArray<SchemaName>;

/**
 * Registers and checks every schema of `schemas/`, and answers with the registry's ids from then on. Schemas that are
 * registered already are only looked up. Each is held against its history and the registry's versions before it is written.
 */
export const openSchemaRegistry =
  ({ notice, patience, signal, ...address }: RegistryOptions): TaskEither<RegistryFault, ServedRegistry> =>
  async () => {
    const client = new RegistryClient(new RegistryHttp(address, { ...defaultPatience, ...patience }, signal));
    const enrolments: Enrolment[] = [];
    // One after the other: two services that start together then register in the same order, and a fault stops early.
    for (const name of names) {
      const enrolment = await enrol(client, name);
      if (isLeft(enrolment)) return left(enrolment.left);
      enrolments.push(enrolment.right);
    }
    const registry = servedRegistry(client, notice, enrolments);
    if (isLeft(registry)) return left(registry.left);
    const set = enrolments.filter(({ levelSet }) => levelSet).length;
    if (set > 0) notice(`Compatibility of ${set} subjects was NONE: it is BACKWARD_TRANSITIVE from now on.`);
    for (const text of enrolments.flatMap(({ notices }) => notices)) notice(text);
    return right(registry.right);
  };
