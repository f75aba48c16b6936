import fc, { type Arbitrary } from "fast-check";

/**
 * Statements that mix what may be asked with what may not, in every place that the language has, written in many ways.
 * None of them harms a server that lets it pass: a file that is read, an address where nobody listens.
 */

const pick = (...texts: ReadonlyArray<string>): Arbitrary<string> => fc.constantFrom(...texts);

const mostly = <Value>(often: Arbitrary<Value>, seldom: Arbitrary<Value>): Arbitrary<Value> =>
  fc.oneof({ weight: 12, arbitrary: often }, { weight: 1, arbitrary: seldom });

const literal = pick(
  "1",
  "0",
  "-2.5",
  "'x'",
  "'it''s'",
  "NULL",
  "$$y$$",
  "[1, 2]",
  "(1, 'a')",
  "true",
  "'\\n Function file'",
);

const refusedCalls = pick(
  "file('/etc/hostname')",
  "hostName()",
  "FQDN()",
  "getSetting('max_threads')",
  "getMacro('x')",
  "currentProfiles()",
  "tcpPort()",
  "buildId()",
  "filesystemAvailable()",
  "joinGet('leadwire.facts', 'kind', 1)",
  "dictGet('d', 'a', 1)",
  "hasColumnInTable('system', 'users', 'name')",
  "formatRow('CSV', 1)",
  "getClientHTTPHeader('Host')",
  "serverUUID()",
);

/** The same call in another spelling. */
const respelled = fc
  .tuple(refusedCalls, pick("plain", "spaced", "comment", "quoted", "upper", "double"))
  .map(([call, way]) => {
    const [name = "", ...rest] = call.split("(");
    const inside = `(${rest.join("(")}`;
    switch (way) {
      case "spaced":
        return `${name} \n ${inside}`;
      case "comment":
        return `${name}/* lower */${inside}`;
      case "quoted":
        return `\`${name}\`${inside}`;
      case "upper":
        return `${name.toUpperCase()}${inside}`;
      case "double":
        return `"${name}"${inside}`;
      default:
        return call;
    }
  });

const refusedTables = pick(
  "system.users",
  "system . processes",
  "`system`.`query_log`",
  "leadwire_log.events",
  "leadwire_g_0a1b2c.slices",
  "file('/etc/hostname', 'LineAsString')",
  "url('http://127.0.0.1:1/', 'LineAsString', 'a String')",
  "merge('leadwire_log', '.*')",
  "generateRandom('a UInt8', 1, 1)",
  "fuzzJSON('{}')",
  "filesystem('/etc/hostname')",
  "viewExplain('EXPLAIN', '', (SELECT 1))",
  "dictionary('d')",
  "cluster('default', 'system', 'one')",
);

const alias = pick("", " AS a", " AS `a b`", ' AS "c"', " AS `x (alias y)`", " AS `x\\n  Function file`", " AS system");

const { expression, query } = fc.letrec<{ expression: string; query: string; source: string }>((tie) => ({
  expression: fc.oneof(
    { maxDepth: 3, depthIdentifier: "expression" },
    mostly(fc.oneof(literal, pick("owner", "count()", "facts.team")), respelled),
    fc
      .tuple(pick("lower", "toString", "hex", "identity", "coalesce", "isNull", "length", "NOT"), tie("expression"))
      .map(([name, inner]) => `${name}(${inner})`),
    fc
      .tuple(tie("expression"), pick("=", "AND", "||", "IN", "<"), tie("expression"))
      .map((parts) => `(${parts.join(" ")})`),
    tie("expression").map((inner) => `arrayMap(x -> ${inner}, [1])`),
    tie("expression").map((inner) => `CASE WHEN ${inner} = 'x' THEN 1 ELSE ${inner} END`),
    tie("expression").map((inner) => `any(${inner}) OVER (PARTITION BY ${inner})`),
    tie("expression").map((inner) => `CAST(${inner} AS String)`),
    fc
      .tuple(tie("expression"), mostly(pick("(1, 2)", "[1]", "leadwire.facts"), refusedTables))
      .map((parts) => parts.join(" IN ")),
    tie("query").map((inner) => `(${inner} LIMIT 1)`),
    tie("query").map((inner) => `exists(${inner})`),
  ),
  source: fc.oneof(
    { maxDepth: 2, depthIdentifier: "source" },
    mostly(
      pick(
        "facts",
        "leadwire.deals",
        "leads FINAL",
        "numbers(2)",
        "values('a String', ('x'))",
        "system.one",
        "`facts`",
      ),
      refusedTables,
    ),
    tie("query").map((inner) => `(${inner})`),
    tie("query").map((inner) => `view(${inner})`),
    fc.tuple(tie("source"), tie("source")).map(([left, right]) => `${left} AS l CROSS JOIN ${right} AS r`),
  ),
  query: fc
    .record({
      cte: fc.option(
        tie("expression").map((inner) => `WITH ${inner} AS w `),
        { nil: "" },
      ),
      columns: fc.array(
        fc.oneof(
          fc.tuple(tie("expression"), alias).map((parts) => parts.join("")),
          mostly(
            pick("*", "COLUMNS('owner')", "* APPLY(toString)"),
            pick("* APPLY(file)", "* APPLY(x -> file(x))", "* REPLACE (hostName() AS owner)"),
          ),
        ),
        { minLength: 1, maxLength: 3 },
      ),
      from: fc.option(
        tie("source").map((source) => ` FROM ${source}`),
        { nil: "" },
      ),
      where: fc.option(
        tie("expression").map((inner) => ` WHERE ${inner} != ''`),
        { nil: "" },
      ),
      group: fc.option(
        tie("expression").map((inner) => ` GROUP BY ${inner}`),
        { nil: "", freq: 4 },
      ),
      order: fc.option(
        tie("expression").map((inner) => ` ORDER BY ${inner}`),
        { nil: "", freq: 4 },
      ),
    })
    .map(
      ({ cte, columns, from, where, group, order }) =>
        `${cte}SELECT ${columns.join(", ")}${from}${where}${group}${order}`,
    ),
}));

const prefix = mostly(
  pick("", "", "", "/* x */ ", "-- y\n", "EXPLAIN ", "EXPLAIN SYNTAX ", "EXPLAIN AST "),
  pick(
    "EXPLAIN QUERY TREE run_passes = 1 ",
    "graph = 1 ",
    "INSERT INTO leadwire.facts ",
    "CREATE VIEW v AS ",
    "#! ",
    "DESCRIBE ",
  ),
);

const suffix = mostly(
  pick("", "", "", " LIMIT 3", " FORMAT JSON", ";", " -- end", " SETTINGS max_threads = 1", " UNION ALL SELECT 1"),
  pick(
    " INTO OUTFILE '/tmp/leadwire-fuzz'",
    "; SELECT 1",
    " FORMAT Template",
    " SETTINGS readonly = DEFAULT",
    " SETTINGS allow_ddl = 1",
    " UNION ALL SELECT file('/etc/hostname')",
  ),
);

/** A statement, or what looks like one. */
export const anyStatement: Arbitrary<string> = fc.tuple(prefix, query, suffix).map((parts) => parts.join(""));

export const anyExpression: Arbitrary<string> = expression;
