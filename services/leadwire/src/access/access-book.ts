import type { AccessGranted } from "@leadwire/events";
import type { Viewer } from "@leadwire/wallboard";
import { idOfToken, isTokenOf } from "./access-token.ts";
import { tvPlaceOf } from "./tv-place.ts";

/** All tokens as they stand: the newest record of each counts. */
export class AccessBook {
  private readonly grants = new Map<string, AccessGranted>();

  apply(grant: AccessGranted): void {
    this.grants.set(grant.token_id, grant);
  }

  all(): ReadonlyArray<AccessGranted> {
    return [...this.grants.values()];
  }

  /** The grant that a token bears at an instant. */
  grantOf(token: string, nowMs: number): AccessGranted | undefined {
    const id = idOfToken(token);
    const grant = id === undefined ? undefined : this.grants.get(id);
    if (grant === undefined || !isTokenOf(token, grant.sha256)) return undefined;
    // A token that was taken back is so at once, whatever the clock says of when that was.
    if (grant.revoked_at !== null) return undefined;
    return grant.expires_at === null || nowMs < grant.expires_at ? grant : undefined;
  }

  /** Who bears a token, where it opens boards. */
  viewerOf(token: string, nowMs: number): Viewer | undefined {
    const grant = this.grantOf(token, nowMs);
    if (grant === undefined) return undefined;
    const { name, can, boards, where, tv, expires_at: expiresMs } = grant;
    // Boards show the whole company: who is held to some rows sees none, whatever else the record says.
    if (where.length > 0) return undefined;
    const canEdit = can.includes("edit");
    if (!canEdit && !can.includes("view")) return undefined;
    const place = tv === null ? null : tvPlaceOf(tv);
    // A screen whose place nobody can read sees nothing, rather than everything.
    if (place === undefined) return undefined;
    return { name, canEdit, boards, tv: place, expiresMs };
  }
}
