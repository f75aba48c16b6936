import { Registry } from "prom-client";
import { afterEach, expect, test } from "vitest";
import { openShell, type Shell, shellApp } from "./service-shell.ts";

const open: Shell[] = [];
afterEach(async () => {
  for (const shell of open.splice(0)) await shell.close();
});

const host = "127.0.0.1";
const shellWith = async (reasons: string[] = []): Promise<Shell> => {
  const health = { unready: () => reasons, metrics: new Registry() };
  const shell = await openShell({ host, port: { _tag: "any" }, health });
  open.push(shell);
  return shell;
};

test("says that it lives, and why it is not ready, before there is a service", async () => {
  const reasons = ["No broker answers."];
  const shell = await shellWith(reasons);
  const { url } = shell;
  expect((await fetch(`${url}/healthz`)).status).toBe(200);
  const unready = await fetch(`${url}/readyz`);
  expect(unready.status).toBe(503);
  expect(unready.headers.get("content-type")).toContain("application/problem+json");
  expect(await unready.json()).toMatchObject({ code: "NotReady", reasons: ["No broker answers."] });
  const asked = await fetch(`${url}/v1/events`, { method: "POST" });
  expect([asked.status, asked.headers.get("retry-after")]).toEqual([503, "1"]);
  reasons.pop();
  const starting = await fetch(`${url}/readyz`);
  expect([starting.status, await starting.json()]).toEqual([
    503,
    expect.objectContaining({ detail: "It is starting." }),
  ]);
  await shell.mount(shellApp(host));
  expect((await fetch(`${url}/readyz`)).status).toBe(200);
});

test("hands requests to the service, and answers what it does not know as a problem", async () => {
  const shell = await shellWith();
  const app = shellApp(host);
  app.get("/here", async () => ({ here: true }));
  await shell.mount(app);
  expect(await (await fetch(`${shell.url}/here`)).json()).toEqual({ here: true });
  const unknown = await fetch(`${shell.url}/there`);
  expect(unknown.status).toBe(404);
  expect(await unknown.json()).toMatchObject({ code: "NoRoute", detail: expect.stringContaining("GET /there") });
  expect((await fetch(`${shell.url}/healthz`)).status).toBe(200);
});

test("a page of another name is refused where only this machine is listened to", async () => {
  const shell = await shellWith();
  const answer = await new Promise<number | undefined>((resolve, reject) => {
    const { port } = new URL(shell.url);
    import("node:http").then(({ request }) => {
      const asked = request({ host, port, path: "/healthz", headers: { host: "evil.example" } }, (found) => {
        found.resume();
        resolve(found.statusCode);
      });
      asked.on("error", reject);
      asked.end();
    }, reject);
  });
  expect(answer).toBe(421);
});

test("closing answers what was let in, and lets nobody in after", async () => {
  const shell = await shellWith();
  const app = shellApp(host);
  const letIn = Promise.withResolvers<void>();
  app.get("/slow", async () => {
    letIn.resolve();
    await new Promise((resolve) => setTimeout(resolve, 200));
    return { done: true };
  });
  await shell.mount(app);
  const slow = fetch(`${shell.url}/slow`);
  await letIn.promise;
  const closed = shell.close();
  await expect(fetch(`${shell.url}/healthz`)).rejects.toThrow();
  expect(await (await slow).json()).toEqual({ done: true });
  await closed;
});

test("a port that is taken is told with the fix", async () => {
  const { url } = await shellWith();
  const port = Number(new URL(url).port);
  const health = { unready: () => [], metrics: new Registry() };
  await expect(openShell({ host, port: { _tag: "asked", port }, health })).rejects.toThrow(
    `Port ${port} is taken. Name another with --port`,
  );
  const near = await openShell({ host, port: { _tag: "near", port }, health });
  open.push(near);
  expect(Number(new URL(near.url).port)).toBeGreaterThan(port);
});
