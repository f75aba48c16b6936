import { expect, test } from "vitest";
import { kpiPages } from "./kpi-pages.ts";
import { type ClientOptions, createLeadwireClient } from "./leadwire-client.ts";

type Answering = (request: Request, asked: number) => Response | Promise<Response>;

const clientOf = (answer: Answering, options: ClientOptions = {}) => {
  const calls: Request[] = [];
  const fetch = async (request: Request): Promise<Response> => answer(request, calls.push(request));
  return { calls, client: createLeadwireClient({ baseUrl: "http://leadwire.test", fetch, ...options }) };
};

const number = { metric: "sales", group: {}, value: 7, unit: "money", flags: [] };
const asked = { path: { metric: "sales" }, query: { window: "30d" } } as const;

test("lists are asked for one by one, values are encoded, the token is shown", async () => {
  const { calls, client } = clientOf(() => Response.json([number]), { token: "lwt_of-a-test" });
  const query = { window: "all", by: ["team", "rep"], where: ["channel=a&b", "team=Nörd"] };
  const answer = await client.get("/api/kpis/{metric}", { path: { metric: "sales" }, query });
  expect(answer).toMatchObject({ _tag: "Right", right: { data: [number], etag: null } });
  const { pathname, searchParams } = new URL(calls[0]?.url ?? "");
  expect([pathname, searchParams.getAll("by"), searchParams.getAll("where")]).toEqual([
    "/api/kpis/sales",
    ["team", "rep"],
    ["channel=a&b", "team=Nörd"],
  ]);
  expect(calls[0]?.headers.get("authorization")).toBe("Bearer lwt_of-a-test");
});

test("a problem is told by its code, something else by its status, and a server that is away as that", async () => {
  const problem = { title: "Wrong usage", status: 400, code: "BadWindow", detail: "…", did_you_mean: ["30d"] };
  const refusing = clientOf(() => Response.json(problem, { status: 400 }));
  expect(await refusing.client.get("/api/kpis/{metric}", asked)).toEqual({
    _tag: "Left",
    left: { _tag: "Refused", problem },
  });
  const proxy = clientOf(() => new Response("<h1>Bad gateway</h1>", { status: 502, statusText: "Bad Gateway" }));
  expect(await proxy.client.get("/api/kpis/{metric}", asked)).toMatchObject({
    left: { _tag: "Refused", problem: { status: 502, code: "Unknown", title: "Bad Gateway" } },
  });
  const page = clientOf(() => new Response("<h1>Log in to the network</h1>"));
  expect(await page.client.get("/api/kpis/{metric}", asked)).toMatchObject({ left: { _tag: "Unreachable" } });
  const away = clientOf(() => Promise.reject(new TypeError("fetch failed")));
  expect(await away.client.get("/api/kpis/{metric}", asked)).toEqual({
    _tag: "Left",
    left: { _tag: "Unreachable", message: "fetch failed" },
  });
});

/** A server whose answer stays as it is until `change`. */
const etagged = (keptAnswersMax: number) => {
  let value = 1;
  const { calls, client } = clientOf(
    (request) => {
      const etag = `"${value}"`;
      const isHeld = request.headers.get("if-none-match") === etag;
      return isHeld
        ? new Response(null, { status: 304, headers: { etag } })
        : Response.json([{ ...number, value }], { headers: { etag } });
    },
    { keptAnswersMax },
  );
  const valueIn = async (window: string) => {
    const answer = await client.get("/api/kpis/{metric}", { path: { metric: "sales" }, query: { window } });
    return answer._tag === "Left" ? answer.left : answer.right.data[0]?.value;
  };
  const shown = () => calls.map(({ headers }) => headers.get("if-none-match"));
  return { valueIn, shown, client, change: () => (value += 1) };
};

test("an answer that is known is asked for with its ETag, and shown again while it holds", async () => {
  const { valueIn, shown, change } = etagged(10);
  expect([await valueIn("30d"), await valueIn("30d")]).toEqual([1, 1]);
  change();
  expect([await valueIn("30d"), await valueIn("30d")]).toEqual([2, 2]);
  expect(shown()).toEqual([null, '"1"', '"1"', '"2"']);
});

test("only the newest answers are kept, and none where none is wanted", async () => {
  const { valueIn, shown } = etagged(2);
  for (const window of ["7d", "30d", "90d", "7d"]) await valueIn(window);
  expect(shown()).toEqual([null, null, null, null]);
  const forgetful = etagged(0);
  for (const window of ["7d", "7d"]) await forgetful.valueIn(window);
  expect(forgetful.shown()).toEqual([null, null]);
});

test("a 304 to an ETag of the caller's own is the caller's", async () => {
  const { valueIn, client } = etagged(10);
  await valueIn("30d");
  const answer = await client.get("/api/kpis/{metric}", { ...asked, header: { "If-None-Match": '"1"' } });
  expect(answer).toMatchObject({ left: { _tag: "Refused", problem: { status: 304 } } });
});

test("pages follow one another by their cursors, and end with the last, or with a fault", async () => {
  const paged = (failsAt: number) =>
    clientOf((request, count) => {
      if (count === failsAt) return Response.json({ status: 409, code: "AnswerChanged", detail: "…" }, { status: 409 });
      const at = Number(new URL(request.url).searchParams.get("cursor") ?? "0");
      const headers = new Headers(at < 2 ? { link: `</api/kpis/sales?window=30d&cursor=${at + 1}>; rel="next"` } : {});
      return Response.json([{ ...number, value: at }], { headers });
    });
  const valuesOf = async (failsAt: number) => {
    const values: Array<unknown> = [];
    for await (const page of kpiPages(paged(failsAt).client, "sales", { window: "30d", by: ["team"], limit: 1 }))
      values.push(page._tag === "Left" ? page.left._tag : page.right[0]?.value);
    return values;
  };
  expect(await valuesOf(0)).toEqual([0, 1, 2]);
  expect(await valuesOf(2)).toEqual([0, "Refused"]);
});
