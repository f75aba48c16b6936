import type { TileBodyProps } from "./tile-body.ts";

/** Words of the board's own; shown as they are written, line by line. */
export const TextBody = ({ definition }: TileBodyProps<"text">) => (
  <p class="still-text" data-size={definition.size}>
    {definition.text}
  </p>
);

/** A file of the folder `boards/images`, whole and undistorted. */
export const ImageBody = ({ definition }: TileBodyProps<"image">) => (
  <img class="still-image" src={`/images/${encodeURIComponent(definition.file)}`} alt={definition.alt} />
);
