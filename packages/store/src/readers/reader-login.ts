import { analystReader, type Reader, type ReaderLogin } from "../reader.ts";
import type { StoreUser } from "../store-user.ts";
import { readerPassword, readerUserName } from "./reader-user.ts";

/** What a login is made of. */
export interface LoginTerms {
  readonly url: string;
  readonly users: Readonly<Record<StoreUser, { readonly name: string; readonly password: string }>>;
  readonly headers?: Readonly<Record<string, string>>;
}

/** How a reader logs in, whether ClickHouse knows them or not. */
export const readerLogin = ({ url, users, headers }: LoginTerms, reader: Reader): ReaderLogin => {
  const { name, password } =
    reader.id === analystReader.id
      ? users.analyst
      : { name: readerUserName(reader), password: readerPassword(users.engine.password, reader) };
  return { url, headers: { ...headers, "X-ClickHouse-User": name, "X-ClickHouse-Key": password } };
};

const isSame = (one: Reader, other: Reader): boolean =>
  one.id === other.id && JSON.stringify(one.where) === JSON.stringify(other.where);

/** Whether a reader, with just these rows, is among those admitted; `analyst` always is. */
export const isAdmitted =
  (admitted: ReadonlyArray<Reader>) =>
  (reader: Reader): boolean =>
    reader.id === analystReader.id || admitted.some((each) => isSame(each, reader));
