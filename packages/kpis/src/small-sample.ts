/** A ratio that rests on fewer facts than this is flagged (kpis.md, "Small numbers"). */
export const smallSample = 10;
