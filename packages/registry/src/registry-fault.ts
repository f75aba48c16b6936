/** Why a schema registry cannot be used. Returned, never thrown; `message` says what was found and the fix. */
export type RegistryFault =
  | { readonly _tag: "RegistryUnreachable"; readonly message: string }
  /** The registry answered and said no: credentials, rights, or something it does not understand. */
  | { readonly _tag: "RegistryRefused"; readonly status: number; readonly message: string }
  /** A schema of `schemas/` cannot read what was written with a former version. */
  | { readonly _tag: "SchemaBreaks"; readonly schema: string; readonly message: string }
  /** One id means two schemas: one of the registry, another among the derived ids. */
  | { readonly _tag: "IdClash"; readonly id: number; readonly message: string };

export const unreachable = (url: string, attempts: number, detail: string): RegistryFault => ({
  _tag: "RegistryUnreachable",
  message:
    `The schema registry ${url} did not answer in ${attempts} attempts: ${detail}. ` +
    "Start it, correct schema_registry.url in the configuration, or leave schema_registry out to do without one.",
});

const fixOfStatus: ReadonlyMap<number, string> = new Map([
  [401, "Set schema_registry.username in the configuration and LEADWIRE_SCHEMA_REGISTRY_PASSWORD."],
  [403, "Give the user the right to read subjects and, for schemas that are not registered yet, to write them."],
  [404, "The address must end before /subjects, such as http://registry:8080/apis/ccompat/v7 for Apicurio."],
]);

export const refused = (request: string, status: number, detail: string): RegistryFault => ({
  _tag: "RegistryRefused",
  status,
  message: `The schema registry refused ${request} with status ${status}: ${detail}. ${
    fixOfStatus.get(status) ?? "Look into the registry's own log."
  }`,
});

/** `breaks` names field and version of each break, or is what the registry said. */
export const schemaBreaks = (schema: string, subject: string, breaks: ReadonlyArray<string>): RegistryFault => ({
  _tag: "SchemaBreaks",
  schema,
  message:
    `schemas/${schema}.avsc cannot read every former version of subject ${subject}: ${breaks.join("; ")}. ` +
    "The log keeps their records for ever: give each new field a default, keep the others as they were, " +
    "or publish the change as a record of another name.",
});

export const idClash = (id: number, subject: string, taken: string): RegistryFault => ({
  _tag: "IdClash",
  id,
  message:
    `The registry's id ${id} of subject ${subject} is also the id derived from ${taken}, which records may carry that ` +
    "were written without a registry. Move the registry's ids away from it (they rise with every registration).",
});
