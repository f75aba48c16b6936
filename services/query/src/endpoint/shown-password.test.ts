import { isLeft } from "fp-ts/lib/Either.js";
import { expect, test } from "vitest";
import { isForeign } from "./request-origin.ts";
import { shownPassword } from "./shown-password.ts";

const basic = (pair: string): string => `Basic ${Buffer.from(pair).toString("base64")}`;

const shown = (headers: Record<string, string>, address = ""): string | undefined => {
  const password = shownPassword(headers, new URLSearchParams(address));
  return isLeft(password) ? `${password.left.code}` : password.right;
};

test.each([
  [{ authorization: basic("ana:lwt_a") }, "", "lwt_a"],
  [{ authorization: basic("ana:lwt:a") }, "", "lwt:a"],
  [{ authorization: "bearer lwt_a" }, "", "lwt_a"],
  [{ "x-clickhouse-user": "ana", "x-clickhouse-key": "lwt_a" }, "", "lwt_a"],
  [{}, "user=ana&password=lwt_a", "lwt_a"],
  [{ authorization: basic("ana:lwt_a") }, "password=lwt_a", "lwt_a"],
  // Clients without a password send an empty one.
  [{ authorization: basic("default:") }, "", undefined],
  [{ "x-clickhouse-key": "" }, "password=", undefined],
  [{ cookie: "leadwire=lwt_a" }, "", undefined],
  [{ authorization: "Negotiate abc" }, "", undefined],
  [{ authorization: basic("no colon") }, "", undefined],
  // Which of them counts would be a guess.
  [{ authorization: basic("ana:lwt_a") }, "password=lwt_b", "516"],
  [{}, "password=lwt_a&password=lwt_b", "516"],
])("of %j and ?%s the password is %s", (headers, address, password) => {
  expect(shown(headers, address)).toBe(password);
});

test.each([
  [{}, false],
  [{ "sec-fetch-site": "same-origin" }, false],
  [{ "sec-fetch-site": "none" }, false],
  [{ "sec-fetch-site": "cross-site" }, true],
  [{ "sec-fetch-site": "same-site", origin: "http://127.0.0.1:4700" }, true],
  [{ origin: "http://127.0.0.1:4700" }, false],
  [{ origin: "http://127.0.0.1:4701" }, true],
  [{ origin: "https://evil.example" }, true],
  [{ origin: "null" }, true],
])("%j is of another site: %s", (headers, foreign) => {
  expect(isForeign({ host: "127.0.0.1:4700", ...headers })).toBe(foreign);
});
