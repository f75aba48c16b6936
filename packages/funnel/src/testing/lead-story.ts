import { Book } from "../book.ts";
import { ZoneCalendar } from "../calendar/zone-calendar.ts";
import { rankOf } from "../canonical-order.ts";
import { type FactKind, factKinds, factOutcomes } from "../fact.ts";
import { LeadEvent, type LeadEventLine, LeadEventType } from "../lead-event.ts";
import { LeadFold } from "../lead-fold.ts";
import { type FactSink, LiveFact, OutcomeIndex } from "../live-fact.ts";
import { missing, type Name, type NameTable } from "../names.ts";
import { difference, foldWhole } from "../whole-fold.ts";
import { defaultWorkspace, type Workspace } from "../workspace.ts";

/** Names for tests: 0 is the missing value. */
class StoryNames implements NameTable {
  private readonly texts: Array<string> = [""];
  intern = (text: string): Name => {
    const known = this.texts.indexOf(text);
    return known < 0 ? this.texts.push(text) - 1 : known;
  };
  text = (name: Name): string => this.texts[name] ?? `unknown ${name}`;
}

/** What an event of a story says; `at` is local time of the workspace's zone, a zone without offsets is best. */
export interface Told {
  readonly at: string;
  readonly id?: string;
  readonly deal?: string;
  readonly owner?: string;
  readonly team?: string;
  readonly account?: string;
  readonly channel?: string;
  readonly pipeline?: string;
  readonly amountMinor?: number;
  readonly recurringMinor?: number;
  readonly termMonths?: number;
  readonly dueDay?: number;
  readonly lines?: ReadonlyArray<LeadEventLine>;
}

const kindsOfActivity = ["call", "email", "message", "meeting_booked", "meeting_held"] as const;
export type ActivityKindTold = (typeof kindsOfActivity)[number];

/** One lead's history told in short, and the facts that it comes to. */
export class LeadStory {
  readonly names = new StoryNames();
  readonly fold: LeadFold;
  readonly events: Array<LeadEvent> = [];

  constructor(workspace: Workspace = defaultWorkspace) {
    this.fold = new LeadFold(new Book(workspace, this.names, new ZoneCalendar(workspace.timeZone)));
  }

  created(told: Told): this {
    return this.add(LeadEventType.created, told);
  }
  stage(stage: string, told: Told): this {
    return this.add(LeadEventType.stageChanged, told, (event) => {
      event.stage = this.names.intern(stage);
    });
  }
  closed(outcome: "won" | "lost" | "no_decision", told: Told): this {
    return this.add(LeadEventType.closed, { amountMinor: 0, ...told }, (event) => {
      event.outcome = factOutcomes.indexOf(outcome);
    });
  }
  /** `owner` is the rep. */
  activity(kind: ActivityKindTold, told: Told, how: "outbound" | "inbound" | "automated" = "outbound"): this {
    return this.add(LeadEventType.activity, told, (event) => {
      event.humanTouch = how === "outbound";
      event.meetingHeld = kind === "meeting_held";
      event.outcome = how === "automated" ? OutcomeIndex.automated : OutcomeIndex.call + kindsOfActivity.indexOf(kind);
      event.rank = rankOf(event.type, event.meetingHeld, 0);
    });
  }

  /** Of some kinds the facts in order of time, kind and ordinal, each with the fields named and its own names as texts. */
  facts<K extends keyof LiveFact>(kinds: ReadonlyArray<FactKind>, ...fields: ReadonlyArray<K>): ReadonlyArray<unknown> {
    const sink = new KeptFacts();
    const empty = foldWhole(this.fold, missing, []);
    difference(this.fold, empty, foldWhole(this.fold, this.names.intern("L"), this.events), sink);
    return sink.facts
      .filter(({ kind }) => kinds.some((wanted) => wanted === factKinds[kind]))
      .sort((a, b) => a.atMs - b.atMs || a.kind - b.kind || a.ordinal - b.ordinal || a.count - b.count)
      .map((fact) => fields.map((field) => this.shown(field, fact)));
  }

  private shown(field: keyof LiveFact, fact: LiveFact): unknown {
    const value = fact[field];
    if (field === "kind") return factKinds[fact.kind];
    if (field === "outcome") return factOutcomes[fact.outcome];
    if (field === "atMs") return new Date(fact.atMs).toISOString().slice(0, 16);
    if (typeof value === "number" && nameFields.has(field)) return this.names.text(value);
    return value;
  }

  private add(type: number, told: Told, more: (event: LeadEvent) => void = () => undefined): this {
    const { at, id = `e${this.events.length}`, lines } = told;
    const event = new LeadEvent();
    const name = (text: string | undefined): Name => (text === undefined ? missing : this.names.intern(text));
    event.type = type;
    event.occurredAtMs = Date.parse(`${at}Z`);
    event.rank = rankOf(type, false, 0);
    event.birth = this.events.length + 1;
    event.eventId = id;
    event.deal = name(told.deal);
    event.owner = name(told.owner);
    event.team = name(told.team);
    event.account = name(told.account);
    event.channel = name(told.channel);
    event.pipeline = name(told.pipeline);
    event.amountMinor = told.amountMinor ?? Number.NaN;
    event.recurringMinor = told.recurringMinor ?? Number.NaN;
    event.termMonths = told.termMonths ?? Number.NaN;
    event.dueDay = told.dueDay ?? Number.NaN;
    if (lines !== undefined) event.lines = lines;
    more(event);
    this.events.push(event);
    return this;
  }
}

const nameFields = new Set(["owner", "team", "region", "channel", "account", "deal", "stage", "pipeline", "product"]);

/** Keeps copies of facts: those of a step are used again. */
class KeptFacts implements FactSink {
  readonly facts: Array<LiveFact> = [];
  assert = (fact: LiveFact): void => {
    this.facts.push(Object.assign(new LiveFact(), fact));
  };
  replace = (): void => {
    throw new Error("nothing stands before a whole history");
  };
  retract = (): void => {
    throw new Error("nothing stands before a whole history");
  };
}
