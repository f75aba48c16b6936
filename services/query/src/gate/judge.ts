import type { Store } from "@leadwire/store";
import { type Either, isLeft, left, right } from "fp-ts/lib/Either.js";
import type { TaskEither } from "fp-ts/lib/TaskEither.js";
import { countRefusal } from "./count-rules.ts";
import { formatRefusal } from "./format-rules.ts";
import { hiddenPartRefusal } from "./hidden-parts.ts";
import type { Gate, Judged, JudgeOptions } from "./judged.ts";
import { type Judgement, judgementOf, refused } from "./judgement.ts";
import { identifierRefusal, parameterTypeRefusal } from "./parameter-rules.ts";
import { createPassedStatements } from "./passed-statements.ts";
import { type Refusal, refusalCodes, refusalSentence } from "./refusal.ts";
import { type StatementKind, statementKind } from "./statement-rules.ts";
import { type Token, tokensOf } from "./statement-text.ts";
import { treeOf } from "./statement-tree.ts";
import { type TextFindings, textRefusal } from "./text-rules.ts";
import { treeRefusal } from "./tree-rules.ts";

export type { Gate, Judged, JudgeOptions } from "./judged.ts";

/** A longer one would be no question of a person, nor of a tool that we know. */
const statementCharsMax = 128 * 1024;

/**
 * A statement may end with a semicolon. What stands in front stays: errors tell the position. Sign by sign, since a regular
 * expression would look at a long run of semicolons again from each of them.
 */
const trimmed = (sql: string): string => {
  let end = sql.length;
  while (end > 0 && /[\s;]/.test(sql[end - 1] ?? "")) end -= 1;
  return sql.slice(0, end);
};

const ownRefusal = (statement: string): string | undefined => {
  if (statement.trim() === "") return 'There is no statement: npx leadwire sql "SELECT 1".';
  if (statement.length > statementCharsMax) {
    return `The statement has ${statement.length} characters; at most ${statementCharsMax} are read.`;
  }
  return statement.includes("\0") ? "The statement has a zero byte in it: remove it." : undefined;
};

const textLiteral = (text: string): string => `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;

/**
 * Whether `EXPLAIN AST` may be put in front of a statement whose text nobody has looked at: it then does nothing but parse.
 * EXPLAIN takes options (`name = value`), some of which run parts of the statement; behind SELECT or WITH and the beginning
 * of another word there can be none. SETTINGS would count for EXPLAIN itself, and a parameter's type is made.
 */
const isPlainQuestion = (statement: string): boolean =>
  /^\s*(?:SELECT|WITH)\s+[\w('`"*]/i.test(statement) && !/settings|\{|;/i.test(statement);

const isRefusal = (value: object): value is Refusal => "message" in value;

/** Asks ClickHouse's parser, as one who may read nothing of interest: nothing of the statement is run by it. */
class StatementGate implements Gate {
  readonly #store: Store;
  readonly #passed = createPassedStatements();

  constructor(store: Store) {
    this.#store = store;
  }

  readonly judge =
    (sql: string, options: JudgeOptions = {}): TaskEither<Judgement, Judged> =>
    async () => {
      const statement = trimmed(sql);
      const own = ownRefusal(statement);
      if (own !== undefined) return left(refused({ message: own, code: refusalCodes.syntax }));
      const known = this.#passed.get(statement, options);
      if (known !== undefined) return right(known);
      const judged = await this.#judge(statement, options);
      if (judged._tag === "Right") this.#passed.add(statement, options, judged.right);
      return judged;
    };

  async #judge(statement: string, options: JudgeOptions): Promise<Either<Judgement, Judged>> {
    // One after the other costs twice the time, which a question that nobody asked before has to wait for.
    const early = isPlainQuestion(statement) ? this.#treeLines(statement, options) : undefined;
    const written = await this.#ask(`SELECT formatQuerySingleLine(${textLiteral(statement)})`, options, {});
    if (isLeft(written)) return written;
    const text = written.right[0] ?? "";
    const tokens = tokensOf(text);
    const database = options.database ?? "leadwire";
    const kind = statementKind(statement, text, database);
    if (isRefusal(kind)) return left(denial(kind));
    const told = options.someRows === true ? countRefusal(text, tokens) : undefined;
    if (told !== undefined) return left(denial(told));
    const findings = textRefusal(tokens);
    if (isRefusal(findings)) return left(denial(findings));
    const refusal = parameterTypeRefusal(tokens) ?? identifierRefusal(tokens, options.parameters);
    if (refusal !== undefined) return left(denial(refusal));
    if (kind._tag === "Plain") return plainVerdict(statement, kind);
    const lines = await (early ?? this.#treeLines(statement, options));
    return isLeft(lines) ? lines : judgeTree(statement, kind, { ...findings, tokens, lines: lines.right }, database);
  }

  #treeLines(statement: string, options: JudgeOptions): Promise<Either<Judgement, ReadonlyArray<string>>> {
    return this.#ask(`EXPLAIN AST ${statement}`, options, options.parameters ?? {});
  }

  async #ask(
    sql: string,
    { signal }: JudgeOptions,
    parameters: Readonly<Record<string, string>>,
  ): Promise<Either<Judgement, ReadonlyArray<string>>> {
    const answer = await this.#store.query(sql, {
      as: "analyst",
      format: "JSONCompactEachRow",
      settings: Object.fromEntries(Object.entries(parameters).map(([name, value]) => [`param_${name}`, value])),
      ...(signal === undefined ? {} : { signal }),
    })();
    if (isLeft(answer)) return left(judgementOf(answer.left));
    const rows = answer.right
      .toString("utf8")
      .split("\n")
      .filter((row) => row !== "");
    return right(rows.map((row) => String((JSON.parse(row) as ReadonlyArray<unknown>)[0])));
  }
}

const judgeTree = (
  statement: string,
  kind: StatementKind,
  text: TextFindings & { readonly tokens: ReadonlyArray<Token>; readonly lines: ReadonlyArray<string> },
  database: string,
): Either<Judgement, Judged> => {
  const nodes = treeOf(text.lines);
  const settingClauses = text.settingClauses + (kind._tag === "Explain" && kind.settings ? 1 : 0);
  const verdict = treeRefusal(nodes ?? [], { ...text, settingClauses }, database);
  if (isRefusal(verdict)) return left(denial(verdict));
  const hidden = hiddenPartRefusal(text.tokens, nodes ?? []);
  return hidden !== undefined
    ? left(denial(hidden))
    : right({ statement, isSelect: kind._tag === "Select", format: verdict.format, tables: verdict.tables });
};

const denial = ({ message, code }: Refusal): Judgement => refused({ message: refusalSentence(message), code });

const plainVerdict = (
  statement: string,
  { format, tables }: Extract<StatementKind, { _tag: "Plain" }>,
): Either<Judgement, Judged> => {
  const refusal = format === undefined ? undefined : formatRefusal(format);
  return refusal === undefined
    ? right({ statement, isSelect: false, format, tables })
    : left(denial({ message: refusal, code: refusalCodes.format }));
};

/** The gate in front of a store. */
export const openGate = (store: Store): Gate => new StatementGate(store);
