import type { LeadState, StatedTeam } from "@leadwire/funnel";
import { PagedRows } from "../state/paged-rows.ts";

const Narrow = { next: 0, owner: 1, team: 2 } as const;

/** The teams stated with former owners of leads, one flat row each, linked from the lead's row. Few leads have any. */
export class TeamTable {
  readonly rows = new PagedRows(0, 4);
  /** The rows of the loaded lead. */
  private readonly loaded: Array<number> = [];
  private count = 0;

  /** A row's number is kept plus one, so that a row of zeros has none. */
  load(first: number, state: LeadState): void {
    this.count = 0;
    if (state.otherTeams.length > 0) state.otherTeams = [];
    for (let link = first; link !== 0; ) {
      this.rows.locate(link - 1);
      const { i32, i32At } = this.rows;
      this.loaded[this.count] = link - 1;
      this.count += 1;
      const owner = i32[i32At + Narrow.owner] as number;
      state.otherTeams.push({ owner, team: i32[i32At + Narrow.team] as number });
      link = i32[i32At + Narrow.next] as number;
    }
  }

  /** Writes the teams of the lead loaded last; answers the link to the first. */
  store(state: LeadState): number {
    const { otherTeams } = state;
    if (otherTeams.length === 0) return 0;
    const { loaded, rows } = this;
    for (; this.count < otherTeams.length; this.count += 1) loaded[this.count] = rows.add();
    for (let n = 0; n < otherTeams.length; n += 1) {
      const { owner, team } = otherTeams[n] as StatedTeam;
      rows.change(loaded[n] as number);
      const { i32, i32At } = rows;
      i32[i32At + Narrow.next] = n + 1 < otherTeams.length ? (loaded[n + 1] as number) + 1 : 0;
      i32[i32At + Narrow.owner] = owner;
      i32[i32At + Narrow.team] = team;
    }
    return (loaded[0] as number) + 1;
  }
}
