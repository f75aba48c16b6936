import type { SchemaRegistry } from "@leadwire/events";
import { derivedRegistry } from "@leadwire/events";
import { ZoneCalendar } from "@leadwire/funnel";
import type { Catalogue } from "@leadwire/kpis";
import type { EventLog } from "@leadwire/log";
import type { Store } from "@leadwire/store";
import type { LiveOpenSet, LiveView } from "@leadwire/stream";
import {
  type BoardShelf,
  ChangingWall,
  createLiveWall,
  type ExplainOptions,
  LiveEventFeed,
  type WallSource,
} from "@leadwire/wallboard";
import { runReport } from "../reports/reports.ts";
import { openShelf } from "../services/board-folder.ts";
import { BoardAlerts } from "./board-alerts.ts";
import { askBands, askExplain, askRestatements } from "./board-questions.ts";
import type { Engine } from "./engine.ts";
import type { Serving } from "./generation-file.ts";
import type { KpiAnswers } from "./kpi-answers.ts";

/** The generation whose numbers a board shows. */
export interface BoardNumbers {
  /** The board does not end it. */
  readonly view: LiveView;
  /** Followed by the view. */
  readonly openSet: LiveOpenSet;
  /** What slices do not answer. */
  readonly answers: Pick<KpiAnswers, "checked">;
  readonly serving: Pick<Serving, "workspace">;
}

export interface BoardOptions extends BoardNumbers {
  readonly log: EventLog;
  /** Around every question to ClickHouse: no other generation begins to serve while it is asked. */
  readonly reading?: <T>(ask: () => Promise<T>) => Promise<T>;
  readonly store: Store;
  /** A report over everything that was appended before it was asked for. */
  readonly report: Engine["report"];
  /** Where boards are kept; absolute. It need not be there. */
  readonly boardsFolder: string;
  readonly catalogue: Catalogue;
  readonly partitions: number;
  /** Whose schema ids stand on records; those derived from `schemas/` unless given. */
  readonly registry?: SchemaRegistry;
  readonly nowMs: () => number;
  readonly onNotice: (text: string) => void;
  readonly onFailure: (cause: unknown) => void;
}

/** What the page needs of a board that is there already. */
export type BoardTerms = Pick<BoardOptions, "boardsFolder" | "onNotice">;

export interface Board {
  readonly source: WallSource;
  readonly shelf: BoardShelf;
  /** What stands behind the tiles' numbers. */
  readonly explain: ExplainOptions;
  /** Shows another generation's numbers from here on, to everybody at once. */
  readonly move: (numbers: BoardNumbers) => void;
  readonly stop: () => Promise<void>;
}

/** Reports over what is stored by now: nobody waits for them, and they make nobody wait. */
const storedReports =
  ({ store, serving, catalogue, view, nowMs }: BoardOptions): Engine["report"] =>
  (name, args) => {
    const { workspace } = serving;
    const calendar = new ZoneCalendar(workspace.timeZone);
    const newestMs = view.freshness().completeThroughMs;
    return runReport({ store, workspace, catalogue, calendar, nowMs: nowMs(), newestMs }, name, args);
  };

const unheld = <T>(ask: () => Promise<T>): Promise<T> => ask();

/** What the page shows: the boards of a folder over a live view's numbers, and the newest events. */
export const openBoard = async (options: BoardOptions): Promise<Board> => {
  const { log, store, catalogue, boardsFolder, partitions, registry = derivedRegistry, onFailure } = options;
  const { reading = unheld } = options;
  let shown: BoardNumbers = options;
  const context = { catalogue, currency: shown.serving.workspace.currency };
  const boards = await openShelf({ ...options, folder: boardsFolder, context });
  const eventFeed = new LiveEventFeed({ log, partitions, registry, onFailure });
  await eventFeed.start();
  const alerts = new BoardAlerts({ ...options, registry });
  await alerts.start();
  const bands = askBands(store);
  const wallOf = (numbers: BoardNumbers): WallSource => {
    const { view, answers, serving } = numbers;
    const restatements = askRestatements(storedReports({ ...options, ...numbers }));
    return createLiveWall({
      ...options,
      ...numbers,
      workspace: serving.workspace,
      shelf: boards.shelf,
      eventFeed,
      alerts,
      askFacts: (question) => reading(() => answers.checked(question, view.freshness().completeThroughMs)),
      askBands: (query, edgesMs) => reading(() => bands(query, edgesMs)),
      askRestatements: (question) => reading(() => restatements(question)),
    });
  };
  const wall = new ChangingWall(wallOf(shown));
  return {
    source: wall,
    shelf: boards.shelf,
    explain: {
      ...options,
      get view() {
        return shown.view;
      },
      get workspace() {
        return shown.serving.workspace;
      },
      askExplain: askExplain(options.report),
      boardOf: (boardId) => boards.shelf.boards().get(boardId)?.board,
    },
    move: (numbers) => {
      shown = numbers;
      wall.change(wallOf(numbers));
    },
    stop: async () => {
      await boards.stop();
      await alerts.stop();
      await eventFeed.stop();
    },
  };
};
