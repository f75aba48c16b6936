import { BusinessHours } from "./calendar/business-hours.ts";
import type { ZoneCalendar } from "./calendar/zone-calendar.ts";
import { missing, type Name, type NameTable } from "./names.ts";
import type { Pipeline, Placement, Workspace } from "./workspace.ts";

/** What entering a stage means. */
export interface StageMark {
  /** Place in the book's list, over all pipelines. */
  readonly index: number;
  readonly name: Name;
  /** Place in its pipeline. */
  readonly rank: number;
  readonly qualified: boolean;
  readonly opportunity: boolean;
  /** Chance of winning in 1/10,000. */
  readonly probability: number;
}

/** Turns an instant into a day of the workspace's zone (days since 1970-01-01). */
export interface LocalDays {
  readonly localDay: (instantMs: number) => number;
}

interface DatedPlacement {
  readonly fromDay: number;
  readonly team: Name;
  readonly region: Name;
}

const nowhere: DatedPlacement = { fromDay: Number.NEGATIVE_INFINITY, team: missing, region: missing };

const marksOf = (pipeline: Pipeline, from: number, names: NameTable): ReadonlyArray<StageMark> =>
  pipeline.stages.map((stage, rank) => ({
    index: from + rank,
    name: names.intern(stage.id),
    rank,
    qualified: rank >= pipeline.qualifiedFrom,
    opportunity: rank >= pipeline.opportunityFrom,
    probability: stage.probability,
  }));

const byPerson = (people: ReadonlyArray<Placement>, names: NameTable): Map<Name, Array<DatedPlacement>> => {
  const placements = new Map<Name, Array<DatedPlacement>>();
  for (const { rep, fromDay, team, region } of people) {
    const list = placements.get(names.intern(rep)) ?? [];
    list.push({
      fromDay: fromDay ?? Number.NEGATIVE_INFINITY,
      team: team === undefined ? missing : names.intern(team),
      region: region === undefined ? missing : names.intern(region),
    });
    placements.set(names.intern(rep), list);
  }
  for (const list of placements.values()) list.sort((a, b) => b.fromDay - a.fromDay);
  return placements;
};

/** A workspace in the names of one task: stages and people as the fold asks for them. */
export class Book {
  readonly responseSlaMs: number;
  readonly marks: ReadonlyArray<StageMark>;
  /** Of the longest pipeline. */
  readonly stagesMax: number;
  readonly hours: BusinessHours;
  private readonly first: ReadonlyArray<StageMark>;
  private readonly inOrder = new Map<Name, ReadonlyArray<StageMark>>();
  private readonly byPipeline = new Map<Name, ReadonlyMap<Name, StageMark>>();
  private readonly firstWith = new Map<Name, StageMark>();
  private readonly placements: ReadonlyMap<Name, ReadonlyArray<DatedPlacement>>;
  private readonly calendar: ZoneCalendar;

  constructor(workspace: Workspace, names: NameTable, calendar: ZoneCalendar) {
    const marks: Array<StageMark> = [];
    for (const pipeline of workspace.pipelines) {
      const own = marksOf(pipeline, marks.length, names);
      marks.push(...own);
      this.inOrder.set(names.intern(pipeline.id), own);
      this.byPipeline.set(names.intern(pipeline.id), new Map(own.map((mark) => [mark.name, mark])));
      for (const mark of own) if (!this.firstWith.has(mark.name)) this.firstWith.set(mark.name, mark);
      if (this.byPipeline.size === 1) this.byPipeline.set(missing, new Map(own.map((mark) => [mark.name, mark])));
    }
    this.marks = marks;
    this.first = marks.slice(0, workspace.pipelines[0]?.stages.length);
    this.stagesMax = Math.max(...workspace.pipelines.map(({ stages }) => stages.length));
    this.hours = new BusinessHours(calendar, workspace.businessHours, workspace.holidays);
    this.responseSlaMs = workspace.responseSlaMs;
    this.placements = byPerson(workspace.people, names);
    this.calendar = calendar;
  }

  /** The stages of a pipeline in order; those of the first one where no such pipeline is known. */
  stages(pipeline: Name): ReadonlyArray<StageMark> {
    return this.inOrder.get(pipeline) ?? this.first;
  }

  /** The instant at which a day begins; NaN for none. */
  dayStartMs(day: number): number {
    return Number.isNaN(day) ? day : this.calendar.dayStartMs(day);
  }

  /** A stage in the lead's pipeline, else in the first pipeline that has it; undefined where none has. */
  stage(pipeline: Name, stage: Name): StageMark | undefined {
    return this.byPipeline.get(pipeline)?.get(stage) ?? this.firstWith.get(stage);
  }

  /** Where the people list places a person at an instant. */
  placement(rep: Name, atMs: number): { readonly team: Name; readonly region: Name } {
    if (rep === missing) return nowhere;
    const dated = this.placements.get(rep);
    if (dated === undefined) return nowhere;
    const only = dated[0];
    if (dated.length === 1 && only !== undefined && only.fromDay === Number.NEGATIVE_INFINITY) return only;
    const day = this.calendar.localDay(atMs);
    return dated.find(({ fromDay }) => fromDay <= day) ?? nowhere;
  }
}
