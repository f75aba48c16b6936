import type { LeadwireClient } from "@leadwire/api/client";
import { batch, type ReadonlySignal, signal } from "@preact/signals";
import type { ExplainAnswer } from "../../board/explain-answer.ts";
import { type AskedNumber, askedOf, explainQuery, type NumberChoice, searchWith } from "./number-choice.ts";

/** What the panel knows so far. While it asks for more, what it has stays. */
export interface Told {
  readonly isReading: boolean;
  readonly answer?: ExplainAnswer;
  /** Why there is no answer: the server's own sentence, or null where it gave none. */
  readonly problem?: string | null;
}

/** The page's address, so that a panel can be sent to somebody, and Back closes it. */
export interface ExplainAddress {
  readonly search: () => string;
  /** A new entry; `isOurs` is true while it is the one that is shown. */
  readonly push: (search: string) => void;
  readonly replace: (search: string) => void;
  readonly isOurs: () => boolean;
  readonly back: () => void;
}

export interface ExplainHost {
  readonly address: ExplainAddress;
  /** The board that is shown; null where there is none. */
  readonly board: () => string | null;
  readonly server: Pick<LeadwireClient, "get">;
}

export interface ExplainState {
  /** Null while the panel is closed. */
  readonly asked: ReadonlySignal<AskedNumber | null>;
  readonly told: ReadonlySignal<Told>;
  readonly open: (tile: string) => void;
  /** Another of the same tile's numbers. */
  readonly choose: (choice: NumberChoice) => void;
  readonly more: () => void;
  readonly again: () => void;
  readonly close: () => void;
  /** The address changed, or another board is shown. */
  readonly follow: () => void;
}

const limitStart = 20;
/** Each time that more is asked for. */
const limitFactor = 5;
/** The server's. */
const limitMax = 10_000;

export const createExplainState = ({ address, board, server }: ExplainHost): ExplainState => {
  const asked = signal<AskedNumber | null>(null);
  const told = signal<Told>({ isReading: false });
  let limit = limitStart;
  let own = new AbortController();
  /** Which board was asked. */
  let from: string | null = null;

  const read = async (id: string, { tile, choice }: AskedNumber, { signal }: AbortController): Promise<Told> => {
    const asking = { path: { id, tile }, query: explainQuery(choice, limit), signal };
    const answer = await server.get("/api/boards/{id}/tiles/{tile}/explain", asking);
    if (answer._tag === "Right") return { isReading: false, answer: answer.right.data };
    const problem =
      answer.left._tag === "Refused" && answer.left.problem.code !== "Unknown" ? answer.left.problem : null;
    return { isReading: false, problem: problem === null ? null : problem.detail };
  };

  const ask = (wanted: AskedNumber, kept: Told): void => {
    own.abort();
    const mine = new AbortController();
    own = mine;
    if (from === null) return;
    told.value = { ...kept, isReading: true };
    void read(from, wanted, mine).then((found) => {
      // Another number was chosen meanwhile, or the panel is closed.
      if (!mine.signal.aborted) told.value = found;
    });
  };

  const show = (wanted: AskedNumber | null): void =>
    batch(() => {
      limit = limitStart;
      from = board();
      asked.value = wanted;
      if (wanted === null) own.abort();
      else ask(wanted, { isReading: true });
    });

  return {
    asked,
    told,
    open: (tile) => {
      const wanted = { tile, choice: {} };
      address.push(searchWith(address.search(), wanted));
      show(wanted);
    },
    choose: (choice) => {
      const { tile } = asked.peek() ?? {};
      if (tile === undefined) return;
      address.replace(searchWith(address.search(), { tile, choice }));
      show({ tile, choice });
    },
    more: () => {
      const wanted = asked.peek();
      limit = Math.min(limitMax, limit * limitFactor);
      if (wanted !== null) ask(wanted, told.peek());
    },
    again: () => {
      const wanted = asked.peek();
      if (wanted !== null) ask(wanted, told.peek());
    },
    close: () => {
      if (asked.peek() === null) return;
      show(null);
      if (address.isOurs()) address.back();
      else address.replace(searchWith(address.search(), null));
    },
    follow: () => {
      const wanted = board() === null ? null : askedOf(address.search());
      const isSame = JSON.stringify(wanted) === JSON.stringify(asked.peek());
      if (!isSame || (wanted !== null && from !== board())) show(wanted);
    },
  };
};
