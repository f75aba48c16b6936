import { expect, test } from "vitest";
import { readerUser } from "../../readers/reader-user.ts";
import { clusterLayout, singleLayout } from "../layout.ts";
import { dropReader, makeReader, quotaStatements } from "./reader-statements.ts";

const { name, grants, filters } = readerUser("word", { id: "t-1", where: [["team", "North"]] }, ["0a"]);
const terms = { name, passwordSha256: "ab", grants, filters };

test("a reader can do nothing before every row policy is there", () => {
  const verbs = makeReader(singleLayout, terms).map((sql) => sql.split(" ").slice(0, 2).join(" "));
  expect(verbs.indexOf("GRANT SELECT")).toBeGreaterThan(verbs.lastIndexOf("CREATE ROW"));
  expect(verbs.slice(0, 2)).toEqual(["CREATE USER", "ALTER USER"]);
  expect(verbs.filter((verb) => verb === "CREATE ROW").length).toBe(4);
});

test("on a cluster every statement is for all servers, and for their own parts of the tables", () => {
  const statements = [...makeReader(clusterLayout("main"), terms), ...quotaStatements(clusterLayout("main"), [name])];
  expect(statements.filter((sql) => !sql.includes(" ON CLUSTER main"))).toEqual([]);
  expect(statements.filter((sql) => sql.includes("_local")).length).toBe(4 + 4 + 1);
  expect(makeReader(singleLayout, terms).join()).not.toContain("_local");
  expect(dropReader(clusterLayout("main"), name)).toBe(`DROP USER IF EXISTS \`${name}\` ON CLUSTER main`);
});

test("who sees other rows is another user: rights never change under one name", () => {
  const other = readerUser("word", { id: "t-1", where: [["team", "South"]] }, ["0a"]);
  expect(other.name).not.toBe(name);
  expect(other.name.startsWith("leadwire_reader_t-1_")).toBe(true);
  expect(() => readerUser("word", { id: "t'1", where: [] }, [])).toThrow("expected");
});

test("a password follows from the engine's secret and the id, and says neither", () => {
  const of = (secret: string, id: string) => readerUser(secret, { id, where: [] }, []).password;
  expect(of("word", "t-1")).toBe(of("word", "t-1"));
  expect(new Set([of("word", "t-1"), of("word", "t-2"), of("other", "t-1")]).size).toBe(3);
  expect(of("word", "t-1")).toMatch(/^[0-9a-f]{64}$/);
});
