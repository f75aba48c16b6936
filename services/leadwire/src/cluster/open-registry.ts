import { derivedRegistry, type SchemaRegistry } from "@leadwire/events";
import { openSchemaRegistry, type RegistryPatience } from "@leadwire/registry";
import { isLeft } from "fp-ts/lib/Either.js";
import type { Secrets } from "../config.ts";
import type { Deployment } from "../deployment/deployment.ts";

/** The schema registry cannot be used; `passes` says whether waiting may mend it. */
export class RegistryError extends Error {
  readonly passes: boolean;
  constructor(message: string, passes: boolean) {
    super(message);
    this.passes = passes;
  }
}

export interface RegistryTerms {
  readonly deployment: Pick<Deployment, "schemaRegistry">;
  readonly secrets: Secrets;
  readonly onNotice: (text: string) => void;
  readonly patience?: Partial<RegistryPatience>;
  /** Ends the asking about ids that are met later. */
  readonly stopping?: AbortSignal;
}

/**
 * Whose schema ids stand on records: those of the registry that the config names, where every schema is registered and
 * checked first, else those derived from `schemas/`. Rejects RegistryError.
 */
export const openRegistry = async (terms: RegistryTerms): Promise<SchemaRegistry> => {
  const { deployment, secrets, onNotice, patience, stopping } = terms;
  if (deployment.schemaRegistry === undefined) return derivedRegistry;
  const { url, username } = deployment.schemaRegistry;
  const opened = await openSchemaRegistry({
    url,
    ...(username === undefined ? {} : { user: username }),
    ...(secrets.registryPassword === undefined ? {} : { password: secrets.registryPassword }),
    notice: onNotice,
    ...(patience === undefined ? {} : { patience }),
    ...(stopping === undefined ? {} : { signal: stopping }),
  })();
  if (isLeft(opened)) throw new RegistryError(opened.left.message, opened.left._tag === "RegistryUnreachable");
  return opened.right;
};
