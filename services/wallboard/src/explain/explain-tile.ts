import { answerSql, bandSql, checkQuestion, filledSql, isoText, type KpiPlan } from "@leadwire/kpis";
import { type Either, isLeft, right } from "fp-ts/lib/Either.js";
import type { TileDefinition } from "../board/board-definition.ts";
import type { ExplainAnswer, Explanation } from "../board/explain-answer.ts";
import { bandEdgesMs } from "../live/response-bands.ts";
import type { TileContext } from "../live/tile-source.ts";
import { type NumberChoice, type TileNumber, tileNumber } from "./tile-number.ts";

/** The report `explain`, with its arguments by their names. Left: why it has no answer, in a sentence. */
export type AskExplain = (
  args: Readonly<Record<string, string | ReadonlyArray<string>>>,
) => Promise<Either<string, Explanation>>;

export interface ExplainTerms extends Pick<TileContext, "view" | "catalogue" | "workspace"> {
  readonly askExplain: AskExplain;
}

const filterText = ([dimension, value]: readonly [string, string]): string => `${dimension}=${value}`;

/** As a shell takes it: quoted unless it is plain. */
const word = (text: string): string => (/^[\w.:=@%+,/-]+$/u.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);

const commandOf = ({ metric, window, group, where, atMs }: TileNumber): string =>
  [
    "npx leadwire explain",
    word(metric),
    `--window ${word(window)}`,
    ...group.map((filter) => `--group ${word(filterText(filter))}`),
    ...where.map((filter) => `--where ${word(filterText(filter))}`),
    `--at ${isoText(atMs)}`,
  ].join(" ");

const planOf = (number: TileNumber, { view, catalogue }: ExplainTerms): KpiPlan => {
  const { metric, window, where, atMs, group } = number;
  const checked = checkQuestion({ metric, window, where, atMs, by: group.map(([name]) => name) }, catalogue);
  if (isLeft(checked)) throw new Error(`a tile asks ${metric}: ${checked.left.message}`);
  return view.plan(checked.right);
};

const sqlOf = (tile: TileDefinition, number: TileNumber, terms: ExplainTerms): string => {
  const plan = planOf(number, terms);
  const [planned] = plan.queries;
  if (tile.type === "histogram" && planned !== undefined) return filledSql(bandSql(planned.query, bandEdgesMs));
  const { calendar } = terms.view.state;
  return answerSql(
    plan,
    number.group.map(([, value]) => value),
    calendar,
  );
};

/** What stands behind one of a tile's numbers. Left: why nothing does, in a sentence. */
export const explainTile = async (
  tile: TileDefinition,
  choice: NumberChoice,
  limit: number,
  nowMs: number,
  terms: ExplainTerms,
): Promise<Either<string, ExplainAnswer>> => {
  const found = tileNumber(tile, choice, nowMs, terms);
  if (isLeft(found)) return found;
  const { metric, window, group, where, atMs } = found.right;
  const at = isoText(atMs);
  const explained = await terms.askExplain({
    metric,
    window,
    at,
    group: group.map(filterText),
    where: where.map(filterText),
    limit: String(limit),
  });
  if (isLeft(explained)) return explained;
  return right({
    tile: tile.id,
    question: { metric, window, group, where, at },
    command: commandOf(found.right),
    sql: sqlOf(tile, found.right, terms),
    explanation: explained.right,
  });
};
