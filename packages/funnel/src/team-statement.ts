import { compareCanonical } from "./canonical-order.ts";
import type { LeadEvent } from "./lead-event.ts";
import { missing, type Name } from "./names.ts";

/** An event that stated a team with an owner, where another one or none had been stated with them before. */
export interface TeamStatement {
  readonly event: LeadEvent;
  readonly owner: Name;
  readonly team: Name;
}

/** The team last stated with somebody before an event; missing where none was. `statements` are in canonical order. */
export const teamBefore = (statements: ReadonlyArray<TeamStatement>, owner: Name, event: LeadEvent): Name => {
  for (let n = statements.length - 1; n >= 0; n -= 1) {
    const statement = statements[n] as TeamStatement;
    if (statement.owner === owner && compareCanonical(statement.event, event) < 0) return statement.team;
  }
  return missing;
};

/** Whether two lists of statements say the same of every instant. */
export const sameStatements = (a: ReadonlyArray<TeamStatement>, b: ReadonlyArray<TeamStatement>): boolean =>
  a.length === b.length &&
  a.every((statement, n) => {
    const other = b[n] as TeamStatement;
    return (
      statement.owner === other.owner && statement.team === other.team && statement.event.birth === other.event.birth
    );
  });
