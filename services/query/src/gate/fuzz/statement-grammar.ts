import fc, { type Arbitrary } from "fast-check";

/**
 * Statements that mix what may be asked with what may not, in every place that the language has, written in many ways.
 * None of them harms a server that lets it pass: a file that is read, an address where nobody listens.
 */

const pick = (...texts: ReadonlyArray<string>): Arbitrary<string> => fc.constantFrom(...texts);

const mostly = <Value>(often: Arbitrary<Value>, seldom: Arbitrary<Value>): Arbitrary<Value> =>
  fc.oneof({ weight: 20, arbitrary: often }, { weight: 1, arbitrary: seldom });

/** Every expression is a text, so that most statements are not only read but run. */
const literal = pick(
  "'x'",
  "'it''s'",
  "$$y$$",
  "'\\n Function file'",
  "''",
  "'(alias x)'",
  "toString(1)",
  "currentUser()",
);

const refusedCallTexts = [
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
];

const refusedCalls = pick(...refusedCallTexts);

/** What no statement that passes may call, by a list that owes nothing to the gate's. */
export const neverCalled: ReadonlySet<string> = new Set(refusedCallTexts.map((call) => call.split("(")[0] ?? ""));

/** The tables, and functions in their place, that no statement that passes may read. */
export const neverRead =
  /^(system\.(?!one$)|leadwire_log\.|leadwire_g_0a1b2c\.slices|(_table_function\.)?(file|url|merge|generateRandom|fuzzJSON|filesystem|viewExplain|dictionary|cluster)$)/;

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

const alias = mostly(
  pick("", "", " AS a", " AS `a b`", ' AS "c"', " AS system", " AS file"),
  pick(" AS `x (alias y)`", " AS `x\\n  Function file`", " AS `\u200b`"),
);

const plainTable = mostly(
  pick(
    "facts",
    "leadwire.deals",
    "leads",
    "numbers(2)",
    "values('a String', ('x'))",
    "system.one",
    "`facts`",
    "(VALUES ('x'))",
  ),
  refusedTables,
);

const apply = mostly(
  pick("*", "* APPLY(toString)", "* APPLY(toString) APPLY(lower)", "*"),
  pick("* APPLY(file)", "* APPLY(x -> file(x))", "* REPLACE (hostName() AS owner)"),
);

const { query } = fc.letrec<{ expression: string; query: string; source: string }>((tie) => ({
  expression: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    { weight: 6, arbitrary: mostly(literal, respelled) },
    fc
      .tuple(pick("lower", "hex", "identity", "upper", "reverse"), tie("expression"))
      .map(([name, inner]) => `${name}(${inner})`),
    fc.tuple(tie("expression"), tie("expression")).map(([left, right]) => `concat(${left}, ${right})`),
    fc.tuple(tie("expression"), tie("expression")).map(([left, right]) => `if(${left} = ${right}, ${left}, 'n')`),
    tie("expression").map((inner) => `arrayMap(x -> concat(x, ${inner}), ['a'])[1]`),
    tie("expression").map((inner) => `CASE WHEN ${inner} = 'x' THEN ${inner} ELSE 'z' END`),
    tie("expression").map((inner) => `any(${inner}) OVER (PARTITION BY ${inner})`),
    tie("expression").map((inner) => `CAST(${inner} AS String)`),
    fc
      .tuple(tie("expression"), mostly(pick("('a', 'b')", "['a']"), refusedTables))
      .map(([inner, list]) => `toString(${inner} IN ${list})`),
    tie("expression").map((inner) => `(SELECT ${inner} LIMIT 1)`),
    tie("query").map((inner) => `toString(exists(${inner}))`),
  ),
  source: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    { weight: 4, arbitrary: plainTable },
    tie("query").map((inner) => `(${inner})`),
    tie("query").map((inner) => `view(${inner})`),
    fc.tuple(plainTable, plainTable).map(([left, right]) => `${left} AS l CROSS JOIN ${right} AS r`),
  ),
  query: fc
    .record({
      cte: fc.option(
        tie("expression").map((inner) => `WITH ${inner} AS w `),
        { nil: "", freq: 3 },
      ),
      columns: fc.array(
        fc.tuple(tie("expression"), alias).map((parts) => parts.join("")),
        { minLength: 1, maxLength: 2 },
      ),
      from: fc.option(
        fc.tuple(tie("source"), fc.option(apply, { nil: "1" })).map(([source, all]) => [` FROM ${source}`, `, ${all}`]),
        { nil: ["", ""], freq: 2 },
      ),
      where: fc.option(
        tie("expression").map((inner) => ` WHERE ${inner} != ''`),
        { nil: "", freq: 3 },
      ),
      order: fc.option(
        tie("expression").map((inner) => ` ORDER BY ${inner}`),
        { nil: "", freq: 4 },
      ),
    })
    .map(
      ({ cte, columns, from, where, order }) =>
        `${cte}SELECT ${columns.join(", ")}${from[1]}${from[0]}${where}${order}`,
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
  pick("", "", "", " LIMIT 3", " FORMAT JSON", ";", " -- end", " SETTINGS max_threads = 1", " LIMIT 1 OFFSET 1"),
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
