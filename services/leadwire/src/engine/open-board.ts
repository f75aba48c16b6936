import type { SchemaRegistry } from "@leadwire/events";
import { derivedRegistry } from "@leadwire/events";
import { ZoneCalendar } from "@leadwire/funnel";
import type { Catalogue } from "@leadwire/kpis";
import type { EventLog } from "@leadwire/log";
import type { Store } from "@leadwire/store";
import type { LiveOpenSet, LiveView } from "@leadwire/stream";
import {
  type BoardShelf,
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

export interface BoardOptions {
  readonly log: EventLog;
  /** The board does not end it. */
  readonly view: LiveView;
  /** Followed by the view. */
  readonly openSet: LiveOpenSet;
  /** What slices do not answer. */
  readonly answers: Pick<KpiAnswers, "checked">;
  readonly store: Store;
  /** A report over everything that was appended before it was asked for. */
  readonly report: Engine["report"];
  /** Where boards are kept; absolute. It need not be there. */
  readonly boardsFolder: string;
  readonly serving: Pick<Serving, "workspace">;
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

/** What the page shows: the boards of a folder over a live view's numbers, and the newest events. */
export const openBoard = async (options: BoardOptions): Promise<Board> => {
  const {
    log,
    view,
    store,
    answers,
    catalogue,
    serving,
    boardsFolder,
    partitions,
    registry = derivedRegistry,
    onFailure,
  } = options;
  const { workspace } = serving;
  const context = { catalogue, currency: workspace.currency };
  const boards = await openShelf({ ...options, folder: boardsFolder, context });
  const eventFeed = new LiveEventFeed({ log, partitions, registry, onFailure });
  await eventFeed.start();
  const alerts = new BoardAlerts({ ...options, registry });
  await alerts.start();
  const source = createLiveWall({
    ...options,
    workspace,
    shelf: boards.shelf,
    eventFeed,
    alerts,
    askFacts: (question) => answers.checked(question, view.freshness().completeThroughMs),
    askBands: askBands(store),
    askRestatements: askRestatements(storedReports(options)),
  });
  return {
    source,
    shelf: boards.shelf,
    explain: {
      ...options,
      workspace,
      askExplain: askExplain(options.report),
      boardOf: (boardId) => boards.shelf.boards().get(boardId)?.board,
    },
    stop: async () => {
      await boards.stop();
      await alerts.stop();
      await eventFeed.stop();
    },
  };
};
