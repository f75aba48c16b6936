import { createHash, randomBytes } from "node:crypto";
import { isRight } from "fp-ts/lib/Either.js";
import { expect, test } from "vitest";
import { parseDeployment } from "../../deployment/deployment-file.ts";
import type { CliContext } from "../context.ts";
import { createKey } from "./keys.ts";

const run = async (source: string, json: boolean): Promise<{ readonly out: string; readonly notes: string }> => {
  let out = "";
  let notes = "";
  const context: CliContext = {
    terminal: {
      out: async (text) => {
        out += String(text);
      },
      note: (text) => {
        notes += `${text}\n`;
      },
      redraw: () => undefined,
      live: false,
    },
    cwd: "/",
    pid: 1,
    nowMs: () => 0,
    randomHex: (bytes) => randomBytes(bytes).toString("hex"),
    stopping: () => new AbortController().signal,
    exit: () => {
      throw new Error("a command that makes a key ends nothing");
    },
  };
  expect(await createKey(context, { source, json, dataDir: ".leadwire" })).toBe(0);
  return { out, notes };
};

test.each(["crm", "my crm: east", "*", "no", "42"])(
  "the line for source %s goes into leadwire.yaml as it is printed",
  async (source) => {
    const { out, notes } = await run(source, false);
    const key = out.trim();
    const parsed = parseDeployment(notes.slice(notes.indexOf("ingest:")));
    expect(isRight(parsed) && parsed.right.ingest.keys).toEqual([
      { source, sha256: createHash("sha256").update(key).digest("hex") },
    ]);
    expect(notes).not.toContain(key);
  },
);

test("as JSON everything is one document, and each key is another one", async () => {
  const [first, second] = await Promise.all([run("crm", true), run("crm", true)]);
  const made = JSON.parse(first.out);
  expect(Object.keys(made)).toEqual(["source", "key", "sha256", "line"]);
  expect(made.key).toMatch(/^lw_[\w-]{43}$/u);
  expect(JSON.parse(second.out).key).not.toBe(made.key);
});

test("an empty source is wrong usage", async () => {
  await expect(run(" ", false)).rejects.toMatchObject({ exitCode: 2 });
});
