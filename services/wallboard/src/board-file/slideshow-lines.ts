import { durationForms, parseDurationMs, readYamlFile, type WorkspaceFault, type YamlValue } from "@leadwire/funnel";
import type { Either } from "fp-ts/lib/Either.js";
import type { Slideshow } from "../board/board-definition.ts";

/** A slide that nobody has the time to read is none. */
const slideMsMin = 3_000;

const nameForm = "a name of letters, digits, - and _";
const readName = (at: YamlValue): string | undefined =>
  at.parsed(nameForm, (text) => (/^[\p{L}\p{N}_-]{1,60}$/u.test(text) ? text : undefined));

const readSlide = (at: YamlValue, boards: ReadonlySet<string>): Slideshow["slides"][number] | undefined => {
  const fields = at.fields(["board", "for"]);
  const board = fields?.required("board", (value) =>
    value.parsed(`one of the boards ${[...boards].join(", ")}`, (text) => (boards.has(text) ? text : undefined)),
  );
  const forMs = fields?.required("for", (value) =>
    value.parsed(`${durationForms}, ${slideMsMin / 1000} s at least`, (text) => {
      const ms = parseDurationMs(text);
      return ms !== undefined && ms >= slideMsMin ? ms : undefined;
    }),
  );
  return board === undefined || forMs === undefined ? undefined : { board, forMs };
};

const readSlideshow = (at: YamlValue, boards: ReadonlySet<string>): Slideshow | undefined => {
  const fields = at.fields(["id", "title", "slides"]);
  const id = fields?.required("id", readName);
  const slides = fields?.required("slides", (value) => {
    const items = value.items("a list of slides such as - { board: company, for: 30 s }");
    if (items?.length === 0) return value.refuse("at least one slide", "an empty list");
    return items?.map((item) => readSlide(item, boards)).filter((slide) => slide !== undefined);
  });
  if (fields === undefined || id === undefined || slides === undefined) return undefined;
  return { id, title: fields.or("title", id, (value) => value.text("a title")), slides };
};

/** Reads `slideshows.yaml`; a slide of a board that is not there is a fault. */
export const parseSlideshows = (
  text: string,
  boards: ReadonlySet<string>,
): Either<ReadonlyArray<WorkspaceFault>, ReadonlyArray<Slideshow>> =>
  readYamlFile<ReadonlyArray<Slideshow>>(text, { known: ["slideshows"], tolerated: [], whenEmpty: [] }, (fields) =>
    fields.or("slideshows", [], (at) => {
      const shows: Slideshow[] = [];
      for (const item of at.items("a list of slideshows") ?? []) {
        const show = readSlideshow(item, boards);
        if (show === undefined) continue;
        if (shows.some(({ id }) => id === show.id)) item.refuse("an id that no other slideshow has", show.id);
        shows.push(show);
      }
      return shows;
    }),
  );
