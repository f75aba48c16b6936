export type { BoardFrame, ChangeFrame, SnapshotFrame } from "./board-frame.ts";
export type {
  BoardEvent,
  BoardEventKind,
  BoardFreshness,
  BoardSnapshot,
  BoardTile,
  Leaderboard,
  LeaderboardRow,
  LiveBoardSource,
} from "./board-source.ts";
export * from "./live/index.ts";
export { registerWallboard, type WallboardOptions, type WallboardStats } from "./register-wallboard.ts";
