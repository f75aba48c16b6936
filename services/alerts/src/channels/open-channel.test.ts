import type { NotificationConfig, Receiver, Route } from "@leadwire/alerts";
import { type Either, left, right } from "fp-ts/lib/Either.js";
import { expect, test } from "vitest";
import { channelDeps, toldMessage } from "../testing/told-alert.ts";
import { openChannels } from "./open-channel.ts";

const route: Route = {
  path: "0",
  matchers: [],
  receivers: ["wall"],
  groupBy: ["rule"],
  groupWaitMs: 0,
  groupIntervalMs: 0,
  repeatIntervalMs: 0,
  quietHours: [],
  sendResolved: true,
  goOn: false,
  routes: [],
};
const configOf = (receivers: ReadonlyArray<Receiver>): NotificationConfig => ({
  receivers,
  route,
  inhibitions: [],
  allowPrivate: [],
});
const signal = new AbortController().signal;

test("for a wallboard nothing leaves the process", async () => {
  const deps = channelDeps({ lookup: expect.unreachable });
  const channels = openChannels(configOf([{ _tag: "Wallboard", name: "wall" }]), deps, expect.unreachable);
  expect(await channels.get("wall")?.send(toldMessage(), signal)).toMatchObject({ _tag: "Delivered" });
});

test("a receiver without its secret is told of once, does not stop the others, and is used once it has it", async () => {
  let secret: Either<string, string> = left("There is nothing in the file /run/secrets/slack: expected a secret.");
  const asked: string[] = [];
  const faults: string[] = [];
  const deps = channelDeps({
    readSecret: () => secret,
    lookup: async (host) => {
      asked.push(host);
      return [];
    },
  });
  const receivers: ReadonlyArray<Receiver> = [
    { _tag: "Slack", name: "sales", url: { _tag: "File", path: "/run/secrets/slack" } },
    { _tag: "Wallboard", name: "wall" },
  ];
  const channels = openChannels(configOf(receivers), deps, (text) => faults.push(text));
  const detail = "Receiver sales: There is nothing in the file /run/secrets/slack: expected a secret.";
  expect(faults).toEqual([detail]);
  expect(await channels.get("wall")?.send(toldMessage(), signal)).toMatchObject({ _tag: "Delivered" });
  expect(await channels.get("sales")?.send(toldMessage(), signal)).toEqual({ _tag: "Retry", detail });
  secret = right("https://hooks.example/services/T0/B0/x");
  expect(await channels.get("sales")?.send(toldMessage(), signal)).toMatchObject({ _tag: "Retry" });
  expect(asked).toEqual(["hooks.example"]);
  expect(faults).toHaveLength(1);
});
