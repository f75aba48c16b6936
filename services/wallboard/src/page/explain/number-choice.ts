/** Which of a tile's numbers is asked about; each only where the tile has several. */
export interface NumberChoice {
  /** A leaderboard's row, a line's series, a funnel's or pipeline's stage. */
  readonly group?: string;
  /** The start of a point, epoch milliseconds. */
  readonly pointMs?: number;
  /** Of a waterfall: start, end or a movement; of a funnel: entries or advances. */
  readonly part?: string;
}

/** What the panel is open over. */
export interface AskedNumber {
  readonly tile: string;
  readonly choice: NumberChoice;
}

const names = ["explain", "group", "point", "part"] as const;

/** As the address says it. */
const choiceEntries = ({ group, pointMs, part }: NumberChoice): ReadonlyArray<readonly [string, string]> => [
  ...(group === undefined ? [] : [["group", group] as const]),
  ...(pointMs === undefined ? [] : [["point", String(pointMs)] as const]),
  ...(part === undefined ? [] : [["part", part] as const]),
];

/** The number that an address opens; null where it opens none. */
export const askedOf = (search: string): AskedNumber | null => {
  const [tile, group, point, part] = names.map((name) => new URLSearchParams(search).get(name) ?? undefined);
  if (tile === undefined || tile === "") return null;
  const pointMs = Number(point);
  return {
    tile,
    choice: {
      ...(group === undefined ? {} : { group }),
      ...(point === undefined || !Number.isSafeInteger(pointMs) ? {} : { pointMs }),
      ...(part === undefined ? {} : { part }),
    },
  };
};

/** An address' query with the number in it, or without any; what else stands in it stays. */
export const searchWith = (search: string, asked: AskedNumber | null): string => {
  const query = new URLSearchParams(search);
  for (const name of names) query.delete(name);
  if (asked !== null) {
    query.set("explain", asked.tile);
    for (const [name, value] of choiceEntries(asked.choice)) query.set(name, value);
  }
  return query.size === 0 ? "" : `?${query}`;
};

/** The same as the server's route takes it. */
export const explainQuery = ({ group, pointMs, part }: NumberChoice, limit: number) => ({
  ...(group === undefined ? {} : { group }),
  ...(pointMs === undefined ? {} : { point: pointMs }),
  ...(part === undefined ? {} : { part }),
  limit,
});
