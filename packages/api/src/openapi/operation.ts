import { listOf, named, type Schema, said, text } from "../schemas/schema.ts";

export type Parameter = Schema;

const parameter = (place: "query" | "path" | "header", name: string, schema: Schema, about: Schema): Parameter => ({
  name,
  in: place,
  schema,
  ...about,
});

export const inPath = (name: string, description: string, schema: Schema = text): Parameter =>
  parameter("path", name, schema, { required: true, description });

export const inQuery = (name: string, description: string, schema: Schema = text): Parameter =>
  parameter("query", name, schema, { description });

export const neededInQuery = (name: string, description: string, schema: Schema = text): Parameter =>
  parameter("query", name, schema, { required: true, description });

/** Given several times, or once with commas where the description says so. */
export const severalInQuery = (name: string, description: string): Parameter =>
  parameter("query", name, listOf(text), { description, style: "form", explode: true });

export const inHeader = (name: string, description: string): Parameter =>
  parameter("header", name, text, { description });

export const json = (schema: Schema): Schema => ({ "application/json": { schema } });

const header = (description: string): Schema => ({ description, schema: text });

export const etagHeader = { ETag: header("Of these bytes, or of the file: for If-None-Match and If-Match.") };
export const linkHeader = { Link: header('`<…>; rel="next"`: the next page; absent on the last.') };

/** A success with a body. */
export const answered = (description: string, schema: Schema, headers: Schema = {}): Schema => ({
  description,
  content: json(schema),
  ...(Object.keys(headers).length === 0 ? {} : { headers }),
});

export const bare = (description: string): Schema => ({ description });

const problems: Readonly<Record<number, string>> = {
  400: "Wrong usage: `detail` says what there is.",
  401: "A login is needed.",
  403: "Not allowed to this token.",
  404: "There is none of this name here.",
  408: "The body took too long to arrive.",
  409: "It comes with Leadwire, or the answer changed between two pages.",
  412: "Changed meanwhile.",
  413: "Too large.",
  415: "Another content type is expected.",
  422: "It was understood, and cannot be.",
  428: "Say what it is to replace.",
  429: "Too much at once: wait as `retry-after` says.",
  500: "It failed.",
  503: "Not ready: ask again as `retry-after` says.",
};

/** The answers that are problems (RFC 9457), by their status. */
export const refusals = (...statuses: ReadonlyArray<number>): Schema =>
  Object.fromEntries(
    statuses.map((status) => [
      String(status),
      { description: problems[status], content: { "application/problem+json": { schema: named("Problem") } } },
    ]),
  );

export interface OperationTerms {
  readonly id: string;
  readonly tag: string;
  readonly summary: string;
  readonly description?: string;
  readonly parameters?: ReadonlyArray<Parameter>;
  readonly body?: Schema;
  readonly responses: Schema;
  /** Its own ways in; those of the document where left out. */
  readonly security?: ReadonlyArray<Schema>;
}

export const operation = (terms: OperationTerms): Schema => ({
  operationId: terms.id,
  tags: [terms.tag],
  summary: terms.summary,
  ...(terms.description === undefined ? {} : { description: terms.description }),
  ...(terms.parameters === undefined ? {} : { parameters: terms.parameters }),
  ...(terms.body === undefined ? {} : { requestBody: { required: true, content: terms.body } }),
  responses: terms.responses,
  ...(terms.security === undefined ? {} : { security: terms.security }),
});

/** By path: operations by their method. */
export type Paths = Readonly<Record<string, Readonly<Record<string, Schema>>>>;

export const document = (description: string): Schema =>
  said({ type: "object", additionalProperties: true }, description);
