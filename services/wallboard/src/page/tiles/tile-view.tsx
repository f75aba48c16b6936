import type { ComponentChildren } from "preact";
import type { TileDefinition } from "../../board/board-definition.ts";
import type { TileData } from "../../board/tile-data.ts";
import type { BoardStore } from "../board-store.ts";
import { textWidthEm } from "../charts/text-width.ts";
import type { Reader } from "../reader/reader.ts";
import { cautionsOf } from "./cautions.ts";
import { tileBodies } from "./registry.ts";
import { RestatedMark } from "./restated-mark.tsx";
import type { BoardScope } from "./tile-body.ts";
import { TileFreshness } from "./tile-freshness.tsx";
import { titleOf } from "./tile-title.ts";

export interface TileViewProps {
  readonly definition: TileDefinition;
  readonly store: BoardStore;
  readonly board: BoardScope;
  readonly reader: Reader;
  /** What an editor lays over the tile. */
  readonly children?: ComponentChildren;
}

const hasHead = ({ type, title }: TileDefinition): boolean =>
  (type !== "text" && type !== "image") || title !== undefined;

const HeadView = ({
  definition,
  data,
  store,
  reader,
}: Omit<TileViewProps, "board"> & { data: TileData | undefined }) => {
  const { title, about } = titleOf(definition, reader);
  const isStill = definition.type === "text" || definition.type === "image";
  return (
    <header class="tile-head">
      <h2
        id={`tile-${definition.id}`}
        title={`${title} ${about}`.trim()}
        style={{ "--title-ems": String(textWidthEm(title) * 1.06) }}
      >
        <span class="tile-title">{title}</span>
        {about !== "" && <span class="tile-about"> {about}</span>}
      </h2>
      {data?.restated !== undefined && (
        <RestatedMark
          restated={data.restated}
          data={data}
          format={"format" in definition ? definition.format : {}}
          nowMs={store.nowMs.peek()}
          reader={reader}
        />
      )}
      {data !== undefined && !isStill && <TileFreshness data={data} store={store} reader={reader} />}
    </header>
  );
};

/** Data that say why there is nothing to show, where the body would have nothing to draw it from. */
const isUnserved = (data: TileData): boolean =>
  data.reason === "not_served" && data.type !== "number" && data.type !== "gauge";

const BodyView = ({ definition, data, reader, board }: Omit<TileViewProps, "store"> & { data: TileData }) => {
  if (isUnserved(data)) return <p class="empty">{cautionsOf(data, reader.texts).join(", ")}</p>;
  return <>{tileBodies[definition.type]?.(definition, data, reader, board)}</>;
};

/** One tile in its place on the grid: its head, and the body that its type draws. Moves with its own data alone. */
export const TileView = ({ definition, store, board, reader, children }: TileViewProps) => {
  const data = store.tile(definition.id).value;
  const { column, row, columns, rows } = definition.place;
  const style = {
    "--column": String(column + 1),
    "--row": String(row + 1),
    "--columns": String(columns),
    "--rows": String(rows),
  };
  return (
    <li class="tile" data-tile={definition.id} data-type={definition.type} data-wide={columns >= 5} style={style}>
      <article aria-labelledby={hasHead(definition) ? `tile-${definition.id}` : undefined}>
        {hasHead(definition) && <HeadView definition={definition} data={data} store={store} reader={reader} />}
        <div class="tile-body">
          {data !== undefined && <BodyView definition={definition} data={data} reader={reader} board={board} />}
        </div>
      </article>
      {children}
    </li>
  );
};
