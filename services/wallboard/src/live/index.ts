export { type EventFeed, type EventFeedOptions, LiveEventFeed } from "./event-feed.ts";
export { type BoardView, boardDimensions, createLiveBoardSource, type LiveBoardOptions } from "./live-board-source.ts";
export { boardTiles, type Course, type TileSpec } from "./tile-spec.ts";
