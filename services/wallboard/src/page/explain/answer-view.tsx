import type { ExplainAnswer, Explanation } from "../../board/explain-answer.ts";
import { plainWords } from "../reader/catalogue-names.ts";
import { formatCount, formatValue } from "../reader/number-format.ts";
import type { Reader } from "../reader/reader.ts";
import { formatWhen } from "../reader/time-format.ts";
import { fill } from "../texts/texts.ts";
import { cautionsOf } from "../tiles/cautions.ts";
import { CopyBlock } from "./copy-block.tsx";
import { restsOnSame } from "./fact-words.ts";
import { EventView, PartView } from "./part-view.tsx";

/** Nothing for what stands at an instant, or over all time: the panel's head says which. */
const windowText = ({ window: { from, to } }: Explanation["answer"], { locale, texts, timeZone }: Reader): string => {
  const say = (at: string): string => formatWhen(Date.parse(at), locale, timeZone);
  if (to === null) return "";
  return from === null
    ? fill(texts.explained.until, { to: say(to) })
    : fill(texts.explained.between, { from: say(from), to: say(to) });
};

/** Both parts of a ratio, and what is to be kept in mind. */
const basisOf = ({ answer }: Explanation, { locale, texts }: Reader): string => {
  const { numerator, denominator } = answer;
  const ratio =
    numerator === undefined || denominator === undefined || answer.unit !== "ratio"
      ? []
      : [fill(texts.of, { part: formatCount(numerator, locale), whole: formatCount(denominator, locale) })];
  return [...ratio, ...cautionsOf({ flags: answer.flags }, texts)].join(" · ");
};

const PlanView = ({ plan, reader }: { plan: Explanation["plan"]; reader: Reader }) => {
  const { locale, texts, currency, names } = reader;
  if (plan.length === 0) return null;
  return (
    <section class="part">
      <h3>{texts.explained.plan}</h3>
      <ul class="plan-lines">
        {plan.map(({ kind, metric, scope, period, value, unit, events }) => (
          <li key={`${kind} ${metric} ${scope} ${period}`}>
            {texts.explained.planned[kind] ?? plainWords(kind)}
            {metric === undefined ? "" : ` · ${names.metric(metric)}`} · {scope} · {period}{" "}
            <strong>
              {formatValue(value, unit.startsWith("money") ? { unit, currency } : { unit }, locale, texts)}
            </strong>
            <ul>
              {events.map((event) => (
                <EventView key={`${event.source} ${event.id}`} event={event} reader={reader} />
              ))}
            </ul>
          </li>
        ))}
      </ul>
    </section>
  );
};

interface AnswerProps {
  readonly answer: ExplainAnswer;
  readonly reader: Reader;
  readonly isReading: boolean;
  readonly onMore: () => void;
}

/** The number, what it is made of, whether that adds up, and how to get it oneself. */
export const AnswerView = ({ answer, reader, isReading, onMore }: AnswerProps) => {
  const { locale, texts, timeZone, names } = reader;
  const { explained } = texts;
  const { explanation, question } = answer;
  const { value } = explanation.answer;
  const basis = basisOf(explanation, reader);
  const { parts } = explanation;
  const within = windowText(explanation.answer, reader);
  return (
    <>
      <p class="explained-value">
        {value === null ? texts.noData : formatValue(value, explanation.answer, locale, texts)}
        {basis !== "" && <span class="quiet"> {basis}</span>}
      </p>
      <dl class="explained-terms">
        <dt>{explained.formula}</dt>
        <dd>
          {names.line(question.metric)}
          <span class="quiet formula" lang="en">
            {plainWords(explanation.formula)}
          </span>
        </dd>
        {within !== "" && (
          <>
            <dt>{explained.window}</dt>
            <dd>{within}</dd>
          </>
        )}
      </dl>
      <p class="adds-up" data-is={explanation.adds_up}>
        <span aria-hidden="true">{explanation.adds_up ? "✔" : "▲"}</span>{" "}
        {explanation.adds_up ? explained.addsUp : explained.doesNotAddUp}{" "}
        <span class="quiet">
          {fill(explained.readAt, { time: formatWhen(Date.parse(question.at), locale, timeZone) })}
        </span>
      </p>
      {parts.map((part, index) => (
        <PartView
          // A formula may have several parts of one name.
          key={`${part.part} ${part.measure} ${part.what}`}
          part={part}
          isTold={parts.slice(0, index).some((other) => restsOnSame(part, other))}
          reader={reader}
          isReading={isReading}
          onMore={onMore}
        />
      ))}
      <PlanView plan={explanation.plan} reader={reader} />
      <CopyBlock title={explained.sql} note={explained.sqlNote} text={answer.sql} texts={texts} />
      <CopyBlock title={explained.command} text={answer.command} texts={texts} />
    </>
  );
};
