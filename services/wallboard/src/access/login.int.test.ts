import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type BoardsApp, openBoardsApp, viewer } from "../testing/boards-app.ts";
import { localPath } from "./login-routes.ts";

const form = "application/x-www-form-urlencoded";

let boards: BoardsApp;
beforeEach(async () => {
  boards = await openBoardsApp(null);
  boards.tokens.set("see", viewer());
  boards.tokens.set("screen", viewer({ tv: { kind: "show", id: "all" } }));
});
afterEach(() => boards.close());

const login = (fields: Record<string, string>, headers: Record<string, string> = {}, remoteAddress = "10.0.0.1") =>
  boards.app.inject({
    method: "POST",
    url: "/login",
    remoteAddress,
    headers: { "content-type": form, "sec-fetch-site": "same-origin", ...headers },
    payload: new URLSearchParams(fields).toString(),
  });

describe("the login", () => {
  test("is a form that needs no script, and allows none", async () => {
    const { statusCode, headers, body } = await boards.app.inject({
      url: "/login?next=/boards/company%3Fa=1%26amp;b=2",
    });
    expect(statusCode).toBe(200);
    expect(body).toContain('<form method="post" action="/login">');
    expect(body).toContain('name="next" value="/boards/company?a=1&amp;amp;b=2"');
    expect(body).not.toMatch(/<script|\son\w+=|style=/u);
    expect(headers["content-security-policy"]).toMatch(
      /script-src 'none'.*form-action 'self'.*frame-ancestors 'none'/u,
    );
    expect(headers["cache-control"]).toBe("no-store");
  });

  test.each([
    ["ro-MD,en;q=0.5", "ro", "Autentificare"],
    ["zh-TW", "zh-Hant", "登入"],
    ["xx,ru;q=0.8,pl;q=0.9", "pl", "Logowanie"],
    ["en;q=0,*", "en", "Log in"],
  ])("speaks the reader's language: %s", async (accepted, lang, title) => {
    const { body } = await boards.app.inject({ url: "/login", headers: { "accept-language": accepted } });
    expect(body).toContain(`<html lang="${lang}">`);
    expect(body).toContain(`<h1>${title}</h1>`);
  });

  test("keeps the token out of every script's and site's reach, and goes on to where it was asked for", async () => {
    const { statusCode, headers } = await login({ token: " see ", next: "/boards/company?lang=ro" });
    expect([statusCode, headers.location]).toEqual([303, "/boards/company?lang=ro"]);
    expect(headers["set-cookie"]).toBe("leadwire=see; Path=/; Max-Age=34560000; HttpOnly; SameSite=Strict");
    const cookie = String(headers["set-cookie"]).split(";")[0] ?? "";
    expect((await boards.app.inject({ url: "/api/boards", headers: { cookie } })).statusCode).toBe(200);
  });

  test("behind TLS the cookie is for TLS alone", async () => {
    const tls = { "x-forwarded-proto": "https" };
    const { headers } = await login({ token: "see" }, tls);
    expect(headers["set-cookie"]).toMatch(
      /^__Host-leadwire=see; Path=\/; Max-Age=\d+; HttpOnly; SameSite=Strict; Secure$/u,
    );
    const seen = (cookie: string) => boards.app.inject({ url: "/api/boards", headers: { ...tls, cookie } });
    expect((await seen("a=b; __Host-leadwire=see")).statusCode).toBe(200);
    // One that a neighbour on a sister domain could have set.
    expect((await seen("leadwire=see")).statusCode).toBe(401);
  });

  test("a cookie does not outlive its token", async () => {
    boards.tokens.set("short", viewer({ expiresMs: Date.UTC(2026, 2, 2) + 90_000 }));
    expect((await login({ token: "short" })).headers["set-cookie"]).toContain("; Max-Age=90;");
  });

  test("a wrong token is told so, and stands nowhere in the answer", async () => {
    const { statusCode, headers, body } = await login({ token: "guessed-token", next: '"><script>' });
    expect([statusCode, headers["set-cookie"]]).toEqual([401, undefined]);
    expect(body).toContain('role="alert"');
    expect(body).not.toMatch(/guessed-token|<script/u);
  });

  test("another site can log nobody in", async () => {
    const { statusCode, headers } = await login({ token: "see" }, { "sec-fetch-site": "cross-site" });
    expect([statusCode, headers["set-cookie"]]).toEqual([403, undefined]);
  });

  test("eleven wrong tokens from one address have to wait, other addresses do not", async () => {
    for (let i = 0; i < 10; i += 1) expect((await login({ token: `wrong-${i}` })).statusCode).toBe(401);
    const refused = await login({ token: "see" });
    expect([refused.statusCode, refused.headers["retry-after"]]).toEqual([429, "60"]);
    expect(refused.headers["set-cookie"]).toBeUndefined();
    const link = await boards.app.inject({ url: "/tv/screen", remoteAddress: "10.0.0.1" });
    expect(link.statusCode).toBe(429);
    expect((await login({ token: "see" }, {}, "10.0.0.2")).statusCode).toBe(303);
    boards.wait(60_001);
    expect((await login({ token: "see" })).statusCode).toBe(303);
  });

  test("addresses of one network of version 6 are counted together", async () => {
    for (let i = 0; i < 10; i += 1) await login({ token: "wrong" }, {}, `2001:db8:0:1::${i + 1}`);
    expect((await login({ token: "see" }, {}, "2001:db8:0:1:ffff::9")).statusCode).toBe(429);
    expect((await login({ token: "see" }, {}, "2001:db8:0:2::1")).statusCode).toBe(303);
  });

  test("a body that is no form is refused, and none is too large", async () => {
    const sent = (type: string, payload: string) =>
      boards.app.inject({ method: "POST", url: "/login", headers: { "content-type": type }, payload });
    expect((await sent("application/json", '{"token":"see"}')).statusCode).toBe(401);
    expect((await sent(form, `token=${"x".repeat(5_000)}`)).statusCode).toBe(413);
  });

  test("logging out takes the cookie away, for the page's own form alone", async () => {
    const out = (site: string) =>
      boards.app.inject({ method: "POST", url: "/logout", headers: { "sec-fetch-site": site, "content-type": form } });
    expect((await out("same-origin")).headers["set-cookie"]).toContain("leadwire=; Path=/; Max-Age=0");
    expect((await out("cross-site")).headers["set-cookie"]).toBeUndefined();
  });
});

describe("a TV link", () => {
  test("keeps the token in the cookie, and goes on to an address without it", async () => {
    const { statusCode, headers, body } = await boards.app.inject({ url: "/tv/screen" });
    expect(statusCode).toBe(200);
    expect(headers["set-cookie"]).toContain("leadwire=screen; Path=/; Max-Age=34560000; HttpOnly; SameSite=Strict");
    expect(body).toContain('<meta http-equiv="refresh" content="0;url=/show/all?tv">');
    expect([headers["referrer-policy"], headers["cache-control"]]).toEqual(["no-referrer", "no-store"]);
    expect(body).not.toContain("screen");
  });

  test.each(["gone", "see", "%3Cscript%3E"])("%s is no link of a screen", async (token) => {
    const { statusCode, headers, body } = await boards.app.inject({ url: `/tv/${token}` });
    expect([statusCode, headers["set-cookie"]]).toEqual([404, undefined]);
    expect(body).not.toContain(`${decodeURIComponent(token)}<`);
    expect(body).not.toContain("<script");
  });
});

test.each([
  ["/boards/company?lang=ro", "/boards/company?lang=ro"],
  ["https://evil.example/", "/"],
  ["//evil.example", "/"],
  ["/\\evil.example", "/"],
  ["/\t/evil.example", "/"],
  ["/.//evil.example", "/"],
  ["/%2f/evil.example", "/%2f/evil.example"],
  ["javascript:alert(1)", "/"],
  ["", "/"],
])("after the login %j leads to %j", (wanted, path) => {
  expect(localPath(wanted)).toBe(path);
});
