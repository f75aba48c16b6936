import type { FastifyRequest } from "fastify";
import { ByteBudget } from "./byte-budget.ts";
import type { DoorLimits, DoorOptions } from "./door-options.ts";
import { bodyTooLarge, type DoorProblem, localOnly, noKey, tooBusy, tooFast, unknownKey } from "./door-problem.ts";
import { type Grant, isLocalAddress, SourceKeys } from "./source-keys.ts";
import { TokenBucket } from "./token-bucket.ts";

/** A request that was let in, with the bytes it holds. */
export interface Admitted {
  readonly _tag: "admitted";
  readonly grant: Grant;
  /** Gives the bytes back, once. */
  readonly release: () => void;
}

export interface NotAdmitted {
  readonly _tag: "refused";
  readonly grant: Grant | undefined;
  readonly problem: DoorProblem;
}

interface SourceBounds {
  readonly bytes: ByteBudget | undefined;
  readonly events: TokenBucket | undefined;
}

const anyone: Grant = { source: "" };

/** Decides by the headers alone, before a byte of the body is read, who may send how much. */
export class Admission {
  private readonly limits: DoorLimits;
  private readonly keys: SourceKeys;
  private readonly budget: ByteBudget;
  private readonly eventsPerSecondMax: number | undefined;
  /** By the key's source: never more than there are keys. */
  private readonly sources = new Map<string, SourceBounds>();

  constructor({ keys = [], eventsPerSecondMax }: Pick<DoorOptions, "keys" | "eventsPerSecondMax">, limits: DoorLimits) {
    this.limits = limits;
    this.keys = new SourceKeys(keys);
    this.budget = new ByteBudget(limits.inFlightBytesMax);
    this.eventsPerSecondMax = eventsPerSecondMax;
  }

  admit(request: FastifyRequest, nowMs: number): Admitted | NotAdmitted {
    const grant = this.grantOf(request);
    if ("status" in grant) return { _tag: "refused", grant: undefined, problem: grant };
    const refused = (problem: DoorProblem): NotAdmitted => ({ _tag: "refused", grant, problem });
    const { events, bytes } = this.boundsOf(grant);
    const waitMs = events?.waitMs(nowMs) ?? 0;
    if (events !== undefined && waitMs > 0) return refused(tooFast(grant.source, events.perSecond, waitMs));
    const { bodyBytesMax } = this.limits;
    const length = Number(request.headers["content-length"] ?? bodyBytesMax);
    if (length > bodyBytesMax) return refused(bodyTooLarge(this.limits));
    // What a packed body unpacks to is not known yet.
    const wanted = request.headers["content-encoding"] === undefined ? length : bodyBytesMax;
    const own = bytes?.take(wanted);
    if (bytes !== undefined && own === undefined)
      return refused(tooBusy(bytes.taken, `other requests of source "${grant.source}"`));
    const shared = this.budget.take(wanted);
    if (shared === undefined) {
      own?.();
      return refused(tooBusy(this.budget.taken, "other requests"));
    }
    const release = (): void => {
      own?.();
      shared();
    };
    return { _tag: "admitted", grant, release };
  }

  /** Counts what a request brought against its source's rate. */
  count(grant: Grant, events: number, nowMs: number): void {
    this.boundsOf(grant).events?.take(events, nowMs);
  }

  private grantOf(request: FastifyRequest): Grant | DoorProblem {
    if (this.keys.isEmpty) return isLocalAddress(request.socket.remoteAddress) ? anyone : localOnly;
    const grant = this.keys.grantOf(request.headers.authorization);
    if (grant === undefined) return noKey;
    return grant ?? unknownKey;
  }

  private boundsOf({ source }: Grant): SourceBounds {
    let bounds = this.sources.get(source);
    if (bounds === undefined) {
      const perSecond = this.eventsPerSecondMax;
      bounds = {
        bytes: this.keys.isEmpty ? undefined : new ByteBudget(this.limits.sourceInFlightBytesMax),
        events: perSecond === undefined ? undefined : new TokenBucket(perSecond),
      };
      this.sources.set(source, bounds);
    }
    return bounds;
  }
}
