import { useLayoutEffect, useRef } from "preact/hooks";
import type { TileDefinition } from "../../board/board-definition.ts";
import type { Reader } from "../reader/reader.ts";
import { fill } from "../texts/texts.ts";
import { titleOf } from "../tiles/tile-title.ts";
import type { EditTexts } from "./edit-texts.ts";
import type { EditorSession } from "./editor-session.ts";
import { followDrag } from "./tile-drag.ts";
import { placeWords } from "./told-text.ts";

interface GripProps {
  readonly tile: TileDefinition;
  readonly session: EditorSession;
  readonly reader: Reader;
  readonly words: EditTexts;
  /** Why it has nothing to show: sentences; none: it is shown once saved; null: nothing is wrong. */
  readonly faults: ReadonlyArray<string> | null;
  /** The element that says which keys do what. */
  readonly helpId: string;
  readonly onOpen: () => void;
}

const arrows: Readonly<Record<string, readonly [columns: number, rows: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** What an editor lays over a tile: it is held, moved, resized and opened by it. The tile below rests meanwhile. */
export const TileGrip = ({ tile, session, reader, words, faults, helpId, onOpen }: GripProps) => {
  const grip = useRef<HTMLButtonElement>(null);
  const { id, place } = tile;
  useLayoutEffect(() => {
    const article = grip.current?.parentElement?.querySelector("article");
    if (article === null || article === undefined) return;
    article.inert = true;
    return () => {
      article.inert = false;
    };
  }, []);
  const onKeyDown = (event: KeyboardEvent): void => {
    const arrow = arrows[event.key];
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (arrow !== undefined) {
      event.preventDefault();
      if (event.shiftKey) session.growBy(id, ...arrow);
      else session.moveBy(id, ...arrow);
    } else if (event.key === "Delete" || event.key === "Backspace") {
      event.preventDefault();
      session.remove(id);
    }
  };
  const onMove = (event: PointerEvent, isResize: boolean): void => {
    if (event.button !== 0) return;
    session.selected.value = id;
    session.settle();
    followDrag(
      event,
      place,
      (columns, rows) =>
        session.moveTo(
          id,
          isResize
            ? { ...place, columns: Math.max(1, place.columns + columns), rows: Math.max(1, place.rows + rows) }
            : { ...place, column: place.column + columns, row: place.row + rows },
        ),
      session.settle,
    );
  };
  return (
    <>
      <button
        type="button"
        ref={grip}
        class="grip"
        data-grip={id}
        aria-label={fill(words.grip, { title: titleOf(tile, reader).title, ...placeWords(tile) })}
        aria-describedby={helpId}
        aria-pressed={session.selected.value === id}
        onClick={(event) => {
          session.selected.value = id;
          // Who pressed Enter goes on in the settings; who clicked may go on with the arrow keys.
          if (event.detail === 0) onOpen();
        }}
        onPointerDown={(event) => onMove(event, false)}
        onKeyDown={onKeyDown}
      />
      {/* The same as Shift and the arrow keys, for the pointer. */}
      <span class="grip-corner" aria-hidden="true" onPointerDown={(event) => onMove(event, true)} />
      {faults !== null && <p class="grip-fault">{faults.length === 0 ? words.afterSaving : faults.join(" ")}</p>}
    </>
  );
};
