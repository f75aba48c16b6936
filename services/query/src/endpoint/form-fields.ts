import { type Either, left, right } from "fp-ts/lib/Either.js";
import { codes, type SqlRefusal, sqlRefusal } from "./sql-refusal.ts";

export const isForm = (contentType: string | undefined): boolean => /^multipart\/form-data\b/iu.test(contentType ?? "");

/**
 * The fields of a multipart form, as ClickHouse takes a statement and its parameters where they are too long for an address.
 * A table sent along in it is refused: there is nobody to keep it.
 */
export const formFields = async (
  contentType: string,
  body: Uint8Array<ArrayBuffer>,
): Promise<Either<SqlRefusal, ReadonlyArray<readonly [name: string, value: string]>>> => {
  let form: FormData;
  try {
    form = await new Response(body, { headers: { "content-type": contentType } }).formData();
  } catch {
    return left(sqlRefusal(codes.badArguments, "The body says it is a multipart form, and cannot be read as one."));
  }
  const fields: Array<readonly [string, string]> = [];
  for (const [name, value] of form.entries()) {
    if (typeof value !== "string") {
      const text = `The form carries a table (${JSON.stringify(name.slice(0, 40))}): tables cannot be sent along here. Write its rows into the statement: SELECT … FROM values('x UInt8', 1, 2).`;
      return left(sqlRefusal(codes.denied, text));
    }
    fields.push([name, value]);
  }
  return right(fields);
};
