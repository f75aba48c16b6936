import type { TileType } from "../../board/board-definition.ts";

/** The words of editing; they come with the editor, in the reader's language. */
export interface EditTexts {
  /** `{board}` */
  readonly editing: string;
  readonly newBoard: string;
  readonly addTile: string;
  readonly undo: string;
  readonly redo: string;
  readonly save: string;
  readonly saving: string;
  readonly discard: string;
  readonly boardSettings: string;
  readonly tileSettings: string;
  readonly emptyBoard: string;
  readonly full: string;
  readonly afterSaving: string;
  readonly types: Readonly<Record<TileType, string>>;

  /** What a screen reader says of a tile: `{title}`, `{column}`, `{row}`, `{columns}`, `{rows}`. */
  readonly grip: string;
  readonly gripHelp: string;
  readonly moved: string;
  readonly sized: string;
  readonly noFurther: string;
  /** `{title}` */
  readonly added: string;
  readonly removed: string;
  readonly undone: string;
  readonly redone: string;

  readonly type: string;
  readonly title: string;
  readonly metric: string;
  readonly window: string;
  readonly group: string;
  readonly noGroup: string;
  readonly filters: string;
  readonly addFilter: string;
  readonly filterBy: string;
  readonly filterValue: string;
  readonly removeFilter: string;
  readonly compare: string;
  readonly comparisons: Readonly<Record<"prior" | "year" | "none", string>>;
  readonly target: string;
  readonly targets: Readonly<Record<"none" | "plan" | "own", string>>;
  readonly targetValue: string;
  readonly course: string;
  readonly courses: Readonly<Record<"hours" | "days" | "none", string>>;
  readonly per: string;
  readonly units: Readonly<Record<"hour" | "day" | "week" | "month", string>>;
  readonly points: string;
  readonly lines: string;
  readonly businessHours: string;
  readonly decimals: string;
  readonly asUsual: string;
  readonly compact: string;
  readonly kinds: string;
  readonly severities: string;
  readonly noneIsAll: string;
  readonly text: string;
  readonly size: string;
  readonly sizes: Readonly<Record<"small" | "medium" | "large", string>>;
  readonly file: string;
  readonly fileHint: string;
  readonly alt: string;
  readonly place: string;
  readonly column: string;
  readonly row: string;
  readonly width: string;
  readonly height: string;
  readonly removeTile: string;

  readonly colours: string;
  readonly celebrate: string;
  readonly celebrateWon: string;
  readonly wonAtLeast: string;
  readonly celebrateTargets: string;
  readonly sound: string;
  readonly quiet: string;
  readonly quietHours: Readonly<Record<"business" | "hours" | "never", string>>;
  readonly quietFrom: string;
  readonly quietTo: string;
  readonly deleteBoard: string;

  readonly refused: string;
  readonly forbidden: string;
  readonly unreachable: string;
  readonly conflict: string;
  /** `{name}` */
  readonly conflictBy: string;
  readonly goneMeanwhile: string;
  readonly takeTheirs: string;
  readonly saveMine: string;
  readonly discardAsk: string;
  readonly dropChanges: string;
  readonly keepEditing: string;
  /** `{board}` */
  readonly deleteAsk: string;
}
