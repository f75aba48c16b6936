export { ChangingWall } from "./changing-wall.ts";
export { type EventFeed, type EventFeedOptions, LiveEventFeed } from "./event-feed.ts";
export { createLiveWall, type LiveWallOptions } from "./live-wall.ts";
export type { AlertsSource, AskBands, AskRestatements, BoardAlert } from "./tile-ports.ts";
export type { AskFacts, BoardView } from "./tile-source.ts";
