import { expect, test } from "vitest";
import { configXml, defaultLimits, doorSecret, serverFiles, usersXml } from "./server-files.ts";

const passwords = { admin: "admin-word", analyst: "analyst-word" };
const files = serverFiles("/data/a & b");

test("writes no password down", () => {
  const text = configXml(files, passwords, defaultLimits) + usersXml(passwords, defaultLimits);
  expect(text).not.toContain("admin-word");
  expect(text).not.toContain("analyst-word");
});

test("lets in only who knows the door's secret", () => {
  expect(configXml(files, passwords, defaultLimits)).toContain(`>${doorSecret(passwords)}<`);
});

test("keeps a path with an ampersand whole", () => {
  expect(configXml(files, passwords, defaultLimits)).toContain(
    "<users_config>/data/a &amp; b/users.xml</users_config>",
  );
});
