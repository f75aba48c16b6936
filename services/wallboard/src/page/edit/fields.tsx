import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";

/** The fields that settings are made of: a label, and a control of the browser's own below it. */

interface FieldProps {
  readonly label: string;
  readonly hint?: string | undefined;
  /** The control, with the id that the label names and the one of the hint. */
  readonly children: (id: string, hintId: string | undefined) => ComponentChildren;
}

const Field = ({ label, hint, children }: FieldProps) => {
  const id = useId();
  const hintId = hint === undefined || hint === "" ? undefined : `${id}-hint`;
  return (
    <div class="field">
      <label class="field-label" for={id}>
        {label}
      </label>
      {children(id, hintId)}
      {hintId !== undefined && (
        <span class="field-hint" id={hintId}>
          {hint}
        </span>
      )}
    </div>
  );
};

interface SelectProps<Value extends string> {
  readonly label: string;
  readonly hint?: string;
  readonly value: Value;
  readonly values: ReadonlyArray<Value>;
  readonly textOf: (value: Value) => string;
  readonly onChoose: (value: Value) => void;
}

export const SelectField = <Value extends string>(props: SelectProps<Value>) => {
  const { label, hint, value, values, textOf, onChoose } = props;
  return (
    <Field label={label} hint={hint}>
      {(id, hintId) => (
        <select
          id={id}
          aria-describedby={hintId}
          value={value}
          onChange={(event) => {
            const chosen = values.find((one) => one === event.currentTarget.value);
            if (chosen !== undefined) onChoose(chosen);
          }}
        >
          {values.map((one) => (
            <option key={one} value={one}>
              {textOf(one)}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
};

interface TextProps {
  readonly label: string;
  readonly hint?: string;
  readonly value: string;
  /** What stands where nothing is written. */
  readonly placeholder?: string;
  readonly onText: (text: string) => void;
}

/** Taken letter by letter. */
export const TextField = ({ label, hint, value, placeholder, onText }: TextProps) => (
  <Field label={label} hint={hint}>
    {(id, hintId) => (
      <input
        type="text"
        id={id}
        aria-describedby={hintId}
        value={value}
        {...(placeholder === undefined ? {} : { placeholder })}
        onInput={(event) => onText(event.currentTarget.value)}
      />
    )}
  </Field>
);

/** Several lines, taken letter by letter. */
export const LinesField = ({ label, value, onText }: Pick<TextProps, "label" | "value" | "onText">) => (
  <Field label={label}>
    {(id) => <textarea id={id} rows={4} value={value} onInput={(event) => onText(event.currentTarget.value)} />}
  </Field>
);

/** Taken when it is written to the end: half a file's name is none. */
export const NameField = ({ label, hint, value, onText }: TextProps) => (
  <Field label={label} hint={hint}>
    {(id, hintId) => (
      <input
        type="text"
        id={id}
        aria-describedby={hintId}
        value={value}
        onChange={(event) => onText(event.currentTarget.value)}
      />
    )}
  </Field>
);

interface NumberProps {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  /** Whole numbers, where it is not said otherwise. */
  readonly step?: number | "any";
  /** What the number is counted in. */
  readonly unit?: ComponentChildren;
  readonly onNumber: (value: number) => void;
}

/** What is not a number in the range is not taken: the field shows it, the board stays as it was. */
export const NumberField = ({ label, value, min, max, step = 1, unit, onNumber }: NumberProps) => (
  <div class="field-row">
    <Field label={label}>
      {(id) => (
        <input
          type="number"
          id={id}
          value={value}
          min={min}
          max={max}
          step={step}
          onInput={(event) => {
            const found = event.currentTarget.valueAsNumber;
            const isWhole = step === "any" || Number.isInteger(found);
            if (Number.isFinite(found) && found >= min && found <= max && isWhole) onNumber(found);
          }}
        />
      )}
    </Field>
    {unit}
  </div>
);

interface TimeProps {
  readonly label: string;
  /** Of the day. */
  readonly minute: number;
  readonly onMinute: (minute: number) => void;
}

const twoDigits = (value: number): string => String(value).padStart(2, "0");

/** A time of day; half a time is none. */
export const TimeField = ({ label, minute, onMinute }: TimeProps) => (
  <Field label={label}>
    {(id) => (
      <input
        type="time"
        id={id}
        value={`${twoDigits(Math.floor(minute / 60))}:${twoDigits(minute % 60)}`}
        onChange={(event) => {
          const [hours, minutes] = event.currentTarget.value.split(":").map(Number);
          if (hours !== undefined && minutes !== undefined) onMinute(hours * 60 + minutes);
        }}
      />
    )}
  </Field>
);

interface CheckProps {
  readonly label: string;
  readonly isChecked: boolean;
  readonly onCheck: (isChecked: boolean) => void;
}

export const CheckField = ({ label, isChecked, onCheck }: CheckProps) => (
  <label class="check">
    <input type="checkbox" checked={isChecked} onChange={(event) => onCheck(event.currentTarget.checked)} />
    {label}
  </label>
);

interface ManyProps {
  readonly legend: string;
  readonly hint: string;
  readonly values: ReadonlyArray<string>;
  readonly chosen: ReadonlyArray<string>;
  readonly textOf: (value: string) => string;
  readonly onChoose: (chosen: ReadonlyArray<string>) => void;
}

/** Any of the values, kept in their order. */
export const ManyField = ({ legend, hint, values, chosen, textOf, onChoose }: ManyProps) => (
  <fieldset class="many">
    <legend>{legend}</legend>
    {values.map((value) => (
      <CheckField
        key={value}
        label={textOf(value)}
        isChecked={chosen.includes(value)}
        onCheck={(isChecked) => onChoose(values.filter((one) => (one === value ? isChecked : chosen.includes(one))))}
      />
    ))}
    <p class="field-hint">{hint}</p>
  </fieldset>
);
