import type { CheckedQuestion, KpiAnswer } from "@leadwire/kpis";
import type { LiveChange } from "@leadwire/stream";
import type { Leaderboard, LeaderboardRow } from "../board-source.ts";
import type { BoardTexts } from "./board-texts.ts";
import type { BoardTime } from "./board-time.ts";
import { ChangedSince } from "./changed-since.ts";
import type { Asked } from "./live-tile.ts";

const rowsMax = 10;

/** Sales of the running month by one dimension, with the deals won behind them. */
export class LiveLeaderboard {
  private readonly view: Asked;
  private readonly dimension: "owner" | "team";
  private readonly sales: CheckedQuestion;
  private readonly won: CheckedQuestion;
  private readonly changed = new ChangedSince(["sale_amounts", "won_amounts"], "day");
  private readonly head: Omit<Leaderboard, "rows">;
  private board: Leaderboard | undefined;
  private edgeMs = Number.NaN;

  constructor(view: Asked, dimension: "owner" | "team", title: string, texts: BoardTexts, currency: string) {
    this.view = view;
    this.dimension = dimension;
    this.sales = this.check("sales");
    this.won = this.check("average_deal_size");
    this.head = {
      id: `sales.month.${dimension}`,
      title,
      windowText: texts.thisMonth,
      groupText: dimension === "owner" ? texts.rep : texts.team,
      countText: texts.won,
      unit: "money",
      currency,
    };
  }

  note(change: LiveChange): void {
    this.changed.note(change);
  }

  /** Best first; the same object as long as nothing in it can have changed. */
  at({ edgeMs }: BoardTime): Leaderboard {
    if (this.board !== undefined && !this.changed.any && this.edgeMs === edgeMs) return this.board;
    this.changed.take();
    this.edgeMs = edgeMs;
    const won = new Map(this.ask(this.won, edgeMs).map((answer) => [this.nameOf(answer), answer.denominator ?? 0]));
    const rows = this.ask(this.sales, edgeMs)
      .map((answer): LeaderboardRow => {
        const name = this.nameOf(answer);
        return { name, value: answer.value ?? 0, count: won.get(name) ?? 0 };
      })
      .filter(({ value, count }) => value !== 0 || count !== 0)
      .sort((a, b) => b.value - a.value || (a.name < b.name ? -1 : 1));
    this.board = { ...this.head, rows: rows.slice(0, rowsMax) };
    return this.board;
  }

  private check(metric: string): CheckedQuestion {
    const checked = this.view.state.check({ metric, window: "month", atMs: 0, by: [this.dimension] });
    if (checked._tag === "Left") throw new Error(`the board's list of ${metric}: ${checked.left.message}`);
    return checked.right;
  }

  private ask(question: CheckedQuestion, edgeMs: number): ReadonlyArray<KpiAnswer> {
    const answer = this.view.askChecked({ ...question, atMs: edgeMs - 1 });
    return answer._tag === "Left" ? [] : answer.right;
  }

  private nameOf(answer: KpiAnswer): string {
    return answer.group[this.dimension] ?? "";
  }
}
