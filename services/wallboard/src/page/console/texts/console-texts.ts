import type { Layer } from "../../../console/console-schema.ts";
import type { ChartChoice } from "../../../console/saved-query.ts";
import type { Counted } from "../../texts/texts.ts";

/** The console's words; they come with it, in the reader's language. SQL and what ClickHouse says stay as they are. */
export interface ConsoleTexts {
  readonly title: string;
  readonly skip: string;
  readonly editor: string;
  readonly hint: string;
  readonly run: string;
  readonly runKey: string;
  readonly cancel: string;
  readonly format: string;
  readonly save: string;
  readonly share: string;
  readonly download: string;
  readonly resize: string;
  /** `{filter}`: such as team = North. */
  readonly filtered: string;
  readonly noRight: string;
  readonly unreachable: string;
  readonly parameters: string;
  /** Of places that hold nothing yet. */
  readonly fillIn: string;

  readonly side: Readonly<Record<"schema" | "saved" | "history", string>>;
  readonly sideLabel: string;
  readonly search: string;
  readonly layers: Readonly<Record<Layer, string>>;
  /** `{name}` */
  readonly insert: string;
  readonly nothingFound: string;
  readonly noSaved: string;
  readonly noHistory: string;
  readonly clearHistory: string;
  readonly remove: string;
  /** `{name}` */
  readonly removeAsk: string;
  readonly keep: string;

  readonly running: string;
  readonly rows: Counted;
  readonly readRows: Counted;
  /** `{rows}`, `{bytes}` */
  readonly read: string;
  /** `{bytes}` */
  readonly memory: string;
  readonly cancelled: string;
  /** `{rows}` */
  readonly stopped: string;
  readonly nothingRun: string;
  readonly noRows: string;
  readonly failed: string;
  /** `{line}`, `{column}` */
  readonly goTo: string;

  readonly table: string;
  readonly chart: string;
  readonly copy: string;
  readonly copied: string;
  /** `{name}` */
  readonly sortBy: string;
  readonly noChart: string;
  readonly chartKind: string;
  readonly kinds: Readonly<Record<ChartChoice["kind"], string>>;
  readonly axisX: string;
  readonly axisY: string;
  readonly series: string;
  readonly noSeries: string;
  /** `{shown}`, `{count}` */
  readonly seriesLeft: string;
  readonly placesLeft: string;
  readonly doubled: Counted;

  readonly saveTitle: string;
  readonly name: string;
  readonly nameHint: string;
  readonly heading: string;
  readonly description: string;
  readonly back: string;
  /** `{name}` */
  readonly saved: string;
  readonly savedMeanwhile: string;
  readonly saveOver: string;
  readonly shared: string;
  readonly shareNote: string;
  /** `{file}` */
  readonly downloaded: string;
  readonly downloading: string;
  readonly badLink: string;
  /** `{name}` */
  readonly noQuery: string;
}
