import { type Language, languages } from "@leadwire/kpis";

/** By the primary subtag, as the page does: `ro-MD` is Romanian, and Chinese of any kind is traditional here. */
const languageOfTag = (tag: string): Language | undefined => {
  const primary = tag.trim().toLowerCase().split("-")[0];
  return languages.find((language) => language.toLowerCase().split("-")[0] === primary);
};

/** The first language of a list of BCP 47 tags that there are texts in, such as an `Accept-Language` header; else English. */
export const languageOf = (tags: string | undefined): Language => {
  const wanted = (tags ?? "").slice(0, 1_000).split(",");
  const ranked = wanted.map((each) => {
    const [tag = "", quality] = each.split(";");
    return { tag, quality: quality === undefined ? 1 : Number(/q=([\d.]+)/u.exec(quality)?.[1] ?? 1) };
  });
  for (const { tag, quality } of ranked.toSorted((a, b) => b.quality - a.quality)) {
    const found = quality > 0 ? languageOfTag(tag) : undefined;
    if (found !== undefined) return found;
  }
  return "en";
};
