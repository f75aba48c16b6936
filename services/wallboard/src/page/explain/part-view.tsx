import { plainWords } from "../reader/catalogue-names.ts";
import { formatCount } from "../reader/number-format.ts";
import type { Reader } from "../reader/reader.ts";
import { formatWhen } from "../reader/time-format.ts";
import { counted } from "../texts/counted.ts";
import { fill } from "../texts/texts.ts";
import {
  type ExplainedEvent,
  type ExplainedFact,
  type ExplainedPart,
  entityText,
  factText,
  factValueText,
  roleText,
  takenText,
} from "./fact-words.ts";

const whenText = (at: string, { locale, timeZone }: Reader): string => formatWhen(Date.parse(at), locale, timeZone);

export const EventView = ({ event, reader }: { readonly event: ExplainedEvent; readonly reader: Reader }) => {
  const role = roleText(event, reader.texts);
  return (
    <li>
      {role !== "" && <span class="quiet">{role} </span>}
      {event.type}{" "}
      <code translate={false}>
        {event.source}/{event.id}
      </code>{" "}
      <time class="quiet" dateTime={event.occurred_at}>
        {whenText(event.occurred_at, reader)}
      </time>
    </li>
  );
};

const FactRow = ({ part, fact, reader }: { part: ExplainedPart; fact: ExplainedFact; reader: Reader }) => (
  <tr>
    <td class="fact-when">
      <time dateTime={fact.at}>{whenText(fact.at, reader)}</time>
    </td>
    <td class="fact-what">{factText(fact, reader.texts)}</td>
    <td class="fact-about">{entityText(fact)}</td>
    <td class="fact-rep">{fact.owner ?? "–"}</td>
    <td class="fact-value">{factValueText(part, fact, reader)}</td>
    <td>
      <ul>
        {fact.events.map((event) => (
          <EventView key={`${event.source} ${event.id}`} event={event} reader={reader} />
        ))}
      </ul>
    </td>
  </tr>
);

const FactsTable = ({ part, label, reader }: { part: ExplainedPart; label: string; reader: Reader }) => {
  const { explained, dimensions } = reader.texts;
  return (
    <table class="facts" aria-label={label}>
      <thead>
        <tr>
          <th scope="col">{explained.when}</th>
          <th scope="col">{explained.fact}</th>
          <th scope="col">{explained.about}</th>
          <th scope="col">{dimensions.rep}</th>
          <th scope="col" class="fact-value">
            {explained.value}
          </th>
          <th scope="col">{explained.events}</th>
        </tr>
      </thead>
      <tbody>
        {part.facts.map((fact) => (
          <FactRow key={fact.fact_id} part={part} fact={fact} reader={reader} />
        ))}
      </tbody>
    </table>
  );
};

interface PartProps {
  readonly part: ExplainedPart;
  /** Its facts stand with a part above. */
  readonly isTold: boolean;
  readonly reader: Reader;
  readonly isReading: boolean;
  readonly onMore: () => void;
}

/** One number that the answer is made of: its total, and the facts that add up to it. */
export const PartView = ({ part, isTold, reader, isReading, onMore }: PartProps) => {
  const { locale, texts } = reader;
  const { explained } = texts;
  const name = explained.parts[part.part] ?? plainWords(part.part);
  const facts = counted(explained.facts, part.facts_count, locale);
  return (
    <section class="part">
      <h3>
        {name} <strong>{takenText(part.total, part.unit, reader)}</strong>{" "}
        <span class="quiet">
          {isTold ? explained.sameFacts : facts}
          {part.adds_up ? "" : " ⚠"}
        </span>
      </h3>
      <p class="quiet part-what" lang="en">
        {plainWords(part.what)}
      </p>
      {!isTold && part.facts.length > 0 && <FactsTable part={part} label={name} reader={reader} />}
      {!isTold && part.shown < part.facts_count && (
        <p class="part-more">
          <span class="quiet">
            {fill(explained.shown, {
              shown: formatCount(part.shown, locale),
              count: formatCount(part.facts_count, locale),
            })}
          </span>
          <button type="button" disabled={isReading} onClick={onMore}>
            {explained.more}
          </button>
        </p>
      )}
    </section>
  );
};
