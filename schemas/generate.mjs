// Writes packages/events/src/schema/ from the contract in this folder, since code below a service reads no files.
// Run: node schemas/generate.mjs && pnpm format. A test holds both sides equal.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";

const here = new URL("./", import.meta.url);
const target = new URL("../packages/events/src/schema/", import.meta.url);
const camel = (name) => name.replace(/-(.)/g, (_, letter) => letter.toUpperCase());
const read = (path) => readFileSync(new URL(path, here), "utf8");
const names = readdirSync(here)
  .filter((name) => name.endsWith(".avsc"))
  .map((name) => name.slice(0, -".avsc".length))
  .sort();

rmSync(target, { recursive: true, force: true });
mkdirSync(target, { recursive: true });
const write = (name, text) => writeFileSync(new URL(`${name}.ts`, target), text);
const written = (from) => `// Written by schemas/generate.mjs from ${from}: change it there.\n`;

for (const name of names)
  write(
    name,
    `${written(`schemas/${name}.avsc`)}import type { RecordSchema } from "../avro-schema.ts";\n\nexport const ${camel(name)}Schema: RecordSchema = ${read(`${name}.avsc`).trim()};\n`,
  );

const former = [];
const entries = [];
for (const name of names) {
  const versions = readdirSync(new URL(`history/${name}/`, here)).map((file) => Number(file.replace(".avsc", "")));
  for (const version of versions.sort((a, b) => a - b)) {
    const text = read(`history/${name}/${version}.avsc`);
    const isCurrent = text === read(`${name}.avsc`);
    const constant = isCurrent ? `${camel(name)}Schema` : `${camel(name)}V${version}`;
    if (!isCurrent) former.push(`const ${constant}: RecordSchema = ${text.trim()};\n`);
    entries.push(`{ name: ${JSON.stringify(name)}, version: ${version}, schema: ${constant} }`);
  }
}
write(
  "published",
  `${written("schemas/ and schemas/history/")}import type { RecordSchema } from "../avro-schema.ts";
${names.map((name) => `import { ${camel(name)}Schema } from "./${name}.ts";\n`).join("")}
${former.join("\n")}
export type SchemaName = ${names.map((name) => JSON.stringify(name)).join(" | ")};

/** The schemas that this version writes. */
export const currentSchemas: Readonly<Record<SchemaName, RecordSchema>> = { ${names.map((name) => `${JSON.stringify(name)}: ${camel(name)}Schema`).join(", ")} };

/** Every version ever published, oldest first: the log is kept for ever, so all of them stay readable. */
export const publishedSchemas: ReadonlyArray<{
  readonly name: SchemaName;
  readonly version: number;
  readonly schema: RecordSchema;
}> = [${entries.join(", ")}];
`,
);
