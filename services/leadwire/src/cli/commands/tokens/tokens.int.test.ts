import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestCli, type TestCli } from "../../../testing/test-cli.ts";

interface Made {
  readonly token_id: string;
  readonly token: string;
  readonly link?: string;
}

let cli: TestCli;
beforeAll(() => {
  cli = openTestCli();
  cli.write("leadwire.yaml", "time_zone: Europe/Berlin\n");
});
afterAll(() => cli.remove());

test("tokens are made once, listed without their secret, and taken back", async () => {
  await cli.whileOpen(async (engine) => {
    const ana = await cli.answered<Made>("tokens", "create", "ana", "--can", "edit", "--expires", "90d");
    const bogdan = await cli.answered<Made>(
      ...["tokens", "create", "bogdan", "--can", "sql", "--where", "team=North", "--where", "team=East, the=&"],
    );
    const hall = await cli.answered<Made>("tokens", "create", "Hall", "--tv", "all");
    expect(hall.link).toBe(`/tv/${hall.token}`);
    const { tokens } = await cli.answered<{ tokens: ReadonlyArray<Record<string, unknown>> }>("tokens", "list");
    expect(tokens).toMatchObject([
      { token_id: ana.token_id, name: "ana", can: ["edit"], boards: [], tv: null, state: "stands" },
      { token_id: bogdan.token_id, can: ["sql"], where: ["team=North", "team=East, the=&"], boards: [] },
      { token_id: hall.token_id, name: "Hall", can: ["view"], tv: "show/all", expires_at: null },
    ]);
    expect(JSON.stringify(tokens)).not.toMatch(/lwt_|sha256/u);
    await cli.answered("tokens", "revoke", ana.token_id);
    const first = (await engine.grants())[0]?.revoked_at;
    await cli.answered("tokens", "revoke", ana.token_id);
    // Taken back twice, it was taken back the first time.
    expect((await engine.grants())[0]?.revoked_at).toBe(first);
    const left = await cli.answered<{ tokens: ReadonlyArray<{ name: string }> }>("tokens", "list");
    expect(left.tokens.map(({ name }) => name)).toEqual(["bogdan", "Hall"]);
    const all = await cli.answered<{ tokens: ReadonlyArray<{ state: string }> }>("tokens", "list", "--all");
    expect(all.tokens.map(({ state }) => state)).toEqual(["revoked", "stands", "stands"]);
    expect(JSON.stringify(await engine.grants())).not.toContain(hall.token);
  });
});

test.each([
  [["create", " "], "The name is"],
  [["create", "x", "--boards", "company,none"], 'There is no board "none": there are company, '],
  [["create", "x", "--tv", "none"], 'There is no slideshow or board "none": the slideshows are all, '],
  [["create", "x", "--tv", "all", "--can", "edit"], "A screen saves nothing"],
  [["create", "x", "--tv", "all", "--boards", "company"], "leave --boards out"],
  [["create", "x", "--expires", "soon"], "--expires: expected a duration"],
  [["create", "x", "--can", "fly"], 'expected view, edit, sql, or several with commas, found "fly"'],
  [["create", "x", "--can", "sql", "--where", "colour=red"], 'found "colour=red". The dimensions are '],
  [["create", "x", "--can", "view,sql", "--where", "team=North"], "boards show the whole company: say --can sql"],
  [["create", "x", "--where", "team=North"], "say --can sql"],
  [["create", "x", "--can", "sql", "--boards", "company"], "--boards is for tokens that see boards"],
  [["create", "x", "--tv", "all", "--can", "sql"], "A screen asks nothing"],
])("tokens %j is wrong usage", async (args, words) => {
  const { code, err } = await cli.run("tokens", ...args);
  expect([code, err]).toEqual([2, expect.stringContaining(words)]);
});

test("boards are listed and checked, with the place of every fault", async () => {
  const built = await cli.answered<{ boards: ReadonlyArray<{ id: string; built_in: boolean }> }>("boards", "list");
  expect(built.boards.map(({ id }) => id)).toEqual(["company", "response-desk", "team-floor"]);
  expect((await cli.run("boards", "check")).code).toBe(0);
  cli.writeIn(
    "boards",
    "mine.yaml",
    "title: Mine\ntiles:\n  - { id: a, type: number, at: 1/1 3x2, metric: win_rat }\n",
  );
  cli.writeIn("boards", "slideshows.yaml", "slideshows: [{ id: s, slides: [{ board: none, for: 9 s }] }]\n");
  const { code, out } = await cli.run("boards", "check");
  const { faults } = JSON.parse(out);
  expect([code, faults.map(({ file }: { file: string }) => file)]).toEqual([1, ["mine.yaml", "slideshows.yaml"]]);
  expect(faults[0].text).toMatch(/^mine\.yaml:3:\d+ tiles\[0\]\.metric: expected a metric of npx leadwire kpi --list/u);
  const named = await cli.run("boards", "check", "boards/mine.yaml");
  expect([named.code, JSON.parse(named.out).faults.length]).toEqual([1, 1]);
  expect((await cli.run("boards", "check", "gone.yaml")).code).toBe(2);
});
