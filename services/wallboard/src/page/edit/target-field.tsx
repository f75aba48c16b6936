import { useSignal } from "@preact/signals";
import type { TileTarget } from "../../board/board-definition.ts";
import type { Reader } from "../reader/reader.ts";
import { amountUnits, startUnit, unitName, usualAmount } from "./amount-unit.ts";
import type { EditTexts } from "./edit-texts.ts";
import { NumberField, SelectField } from "./fields.tsx";

interface TargetProps {
  readonly target: TileTarget | undefined;
  /** As answers have it: ratio, s, money … */
  readonly unit: string;
  /** A gauge always has one. */
  readonly isNeeded: boolean;
  readonly reader: Reader;
  readonly words: EditTexts;
  readonly onTarget: (target: TileTarget | undefined, word?: string) => void;
}

const OwnTarget = ({ target, unit, reader, words, onTarget }: TargetProps & { readonly target: number }) => {
  const units = amountUnits(unit, reader.currency);
  const chosen = useSignal(startUnit(target, units));
  const size = units[chosen.value]?.size ?? 1;
  const textOf = (index: string): string => unitName(units[Number(index)]?.name ?? "", reader);
  return (
    <NumberField
      label={words.targetValue}
      value={Number((target / size).toPrecision(12))}
      min={-1e12}
      max={1e12}
      step="any"
      unit={
        units.length > 1 ? (
          <select
            aria-label={words.targetValue}
            value={String(chosen.value)}
            onChange={(event) => {
              chosen.value = Number(event.currentTarget.value);
            }}
          >
            {units.map((one, index) => (
              <option key={one.name} value={String(index)}>
                {textOf(String(index))}
              </option>
            ))}
          </select>
        ) : (
          <span class="field-unit">{textOf("0")}</span>
        )
      }
      onNumber={(value) => onTarget(Math.round(value * size * 1e6) / 1e6, "target")}
    />
  );
};

/** No target, the plan's, or a number in the metric's own unit. */
export const TargetField = (props: TargetProps) => {
  const { target, unit, isNeeded, reader, words, onTarget } = props;
  const kind = target === undefined ? "none" : target === "plan" ? "plan" : "own";
  return (
    <>
      <SelectField
        label={words.target}
        value={kind}
        values={isNeeded ? (["plan", "own"] as const) : (["none", "plan", "own"] as const)}
        textOf={(one) => words.targets[one]}
        onChoose={(one) =>
          onTarget(one === "none" ? undefined : one === "plan" ? "plan" : usualAmount(unit, reader.currency))
        }
      />
      {typeof target === "number" && <OwnTarget {...props} target={target} />}
    </>
  );
};
