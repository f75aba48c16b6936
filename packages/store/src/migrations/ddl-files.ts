import { engineGrants } from "../model/grants.ts";
import type { StoreLayout } from "../model/layout.ts";
import { profileSql, quotaSql } from "../model/readers/limits-sql.ts";
import { profileXml, quotaXml } from "../model/readers/limits-xml.ts";
import { allRowsGrants } from "../model/readers/reader-grants.ts";
import { serverReaderLimits } from "../model/readers/reader-limits.ts";
import { readerProfile } from "../model/readers/reader-statements.ts";
import { generationStatements, migrations, migrationTableStatements, viewStatements } from "./statements.ts";

export interface DdlFile {
  readonly name: string;
  readonly text: string;
}

/** Stands for the generation's name, in files that nobody runs as they are. */
const exampleGeneration = "example";

const fileOf = (name: string, comment: string, statements: ReadonlyArray<string>): DdlFile => ({
  name,
  text: `${comment
    .split("\n")
    .map((line) => `-- ${line}\n`)
    .join(
      "",
    )}-- Written by infra/clickhouse/main.ts: change the model in packages/store.\n\n${statements.map((sql) => `${sql};\n`).join("\n")}`,
});

/**
 * The DDL of a layout as numbered files, for whoever makes tables by hand, looks at them or compares them: the services
 * make the same themselves at their start. The metrics' own views, some ten thousand lines, are made only there.
 */
export const ddlFiles = (layout: StoreLayout): ReadonlyArray<DdlFile> => [
  fileOf("01-log.sql", "What the log holds, whatever the configuration.", [
    ...migrationTableStatements(layout),
    ...migrations.flatMap(({ statements }) => statements(layout)),
  ]),
  fileOf(
    "02-generation.sql",
    `What one generation of the folds made of it: "${exampleGeneration}" stands for the generation's name.`,
    generationStatements(layout, exampleGeneration),
  ),
  fileOf(
    "03-views.sql",
    `The views that people query, over the generation "${exampleGeneration}", with days in UTC.`,
    viewStatements(layout, exampleGeneration, "UTC"),
  ),
];

/** The two users of a given server or cluster: the engine, and the analyst whom ClickHouse holds to reading. */
export const usersFile = (layout: StoreLayout): DdlFile => {
  const on = layout._tag === "single" ? "" : ` ON CLUSTER ${layout.name}`;
  const grant = (sql: string, user: string): string => {
    const [what = "", option] = sql.split(" WITH ");
    return `${what.replace(/^GRANT/, `GRANT${on}`)} TO ${user}${option === undefined ? "" : ` WITH ${option}`}`;
  };
  return fileOf(
    "users.sql",
    "Run by an administrator before the services start, with passwords of your own in the place of these words.",
    [
      `CREATE USER IF NOT EXISTS leadwire${on} IDENTIFIED WITH sha256_password BY 'ENGINE PASSWORD'`,
      `CREATE SETTINGS PROFILE IF NOT EXISTS ${readerProfile}${on} SETTINGS ${profileSql(layout, serverReaderLimits)}`,
      `CREATE USER IF NOT EXISTS analyst${on} IDENTIFIED WITH sha256_password BY 'ANALYST PASSWORD' SETTINGS PROFILE '${readerProfile}'`,
      `CREATE QUOTA IF NOT EXISTS ${readerProfile}${on} ${quotaSql(serverReaderLimits)} TO analyst`,
      ...engineGrants.map((sql) => grant(sql, "leadwire")),
      ...allRowsGrants.map((sql) => grant(sql, "analyst")),
    ],
  );
};

const userXml = (
  name: string,
  password: string,
  profile: string,
  quota: string,
  grants: ReadonlyArray<string>,
): string => `    <${name}>
      <password_sha256_hex from_env="${password}"/>
      <networks><ip>::/0</ip></networks>
      <profile>${profile}</profile>
      <quota>${quota}</quota>
      <grants>
${grants.map((sql) => `        <query>${sql}</query>`).join("\n")}
      </grants>
    </${name}>`;

/** The same users for the folder users.d of a server; hashes of their passwords come from its environment. */
export const usersXmlFile = (): DdlFile => ({
  name: "users.xml",
  text: `<!-- For users.d of a ClickHouse server, in the place of users.sql. Written by infra/clickhouse/main.ts. -->
<clickhouse>
  <profiles>
    <${readerProfile}>
${profileXml(serverReaderLimits)}
    </${readerProfile}>
  </profiles>
  <quotas>
${quotaXml(readerProfile, serverReaderLimits)}  </quotas>
  <users>
${userXml("leadwire", "LEADWIRE_ENGINE_SHA256", "default", "default", engineGrants)}
${userXml("analyst", "LEADWIRE_ANALYST_SHA256", readerProfile, readerProfile, allRowsGrants)}
  </users>
</clickhouse>
`,
});
