/** Colours that tell series apart (colours.css has as many); more of them share the colour of the rest. */
const colours = 7;

/** The series of all groups beyond the largest, where there are several. */
export const othersName = "";

/**
 * Which colour each series has, from 1; 0 is the rest's. A series keeps its colour while the tile is on the screen, also
 * where another overtakes it: colour follows the team, not its rank. New ones take what is free, by name, so that two
 * screens that open together agree.
 */
export const assignColours = (
  kept: ReadonlyMap<string, number>,
  names: ReadonlyArray<string>,
): ReadonlyMap<string, number> => {
  const assigned = new Map<string, number>();
  for (const name of names) {
    const colour = kept.get(name);
    if (name === othersName && names.length > 1) assigned.set(name, 0);
    else if (colour !== undefined && colour !== 0) assigned.set(name, colour);
  }
  const free = Array.from({ length: colours }, (_, index) => index + 1).filter(
    (colour) => ![...assigned.values()].includes(colour),
  );
  for (const name of [...names].sort()) if (!assigned.has(name)) assigned.set(name, free.shift() ?? 0);
  return assigned;
};
