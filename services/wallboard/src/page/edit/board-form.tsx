import type { BoardDefinition } from "../../board/board-definition.ts";
import type { Reader } from "../reader/reader.ts";
import { minorPerUnit } from "./amount-unit.ts";
import type { EditTexts } from "./edit-texts.ts";
import { CheckField, NumberField, SelectField, TextField } from "./fields.tsx";
import { QuietFields } from "./quiet-fields.tsx";

interface BoardFormProps {
  readonly board: BoardDefinition;
  readonly reader: Reader;
  readonly words: EditTexts;
  readonly onBoard: (change: Partial<Omit<BoardDefinition, "id" | "tiles">>, word?: string) => void;
}

const themes = ["auto", "light", "dark", "contrast"] as const;
/** What "won deals" begins with, in whole units of the currency. */
const usualWorth = 1_000;

const CelebrationFields = ({ board, reader, words, onBoard }: BoardFormProps) => {
  const { celebrate } = board;
  const { wonMinorMin, ...rest } = celebrate;
  const perUnit = minorPerUnit(reader.currency);
  return (
    <fieldset>
      <legend>{words.celebrate}</legend>
      <CheckField
        label={words.celebrateWon}
        isChecked={wonMinorMin !== undefined}
        onCheck={(isChecked) =>
          onBoard({ celebrate: isChecked ? { ...rest, wonMinorMin: usualWorth * perUnit } : rest })
        }
      />
      {wonMinorMin !== undefined && (
        <NumberField
          label={words.wonAtLeast}
          value={wonMinorMin / perUnit}
          min={0}
          max={1e12}
          step="any"
          unit={<span class="field-unit">{reader.currency}</span>}
          onNumber={(worth) =>
            onBoard({ celebrate: { ...celebrate, wonMinorMin: Math.round(worth * perUnit) } }, "worth")
          }
        />
      )}
      <CheckField
        label={words.celebrateTargets}
        isChecked={celebrate.targets}
        onCheck={(targets) => onBoard({ celebrate: { ...celebrate, targets } })}
      />
      <CheckField
        label={words.sound}
        isChecked={celebrate.sound}
        onCheck={(sound) => onBoard({ celebrate: { ...celebrate, sound } })}
      />
      {(wonMinorMin !== undefined || celebrate.targets) && (
        <QuietFields
          quiet={celebrate.quiet}
          words={words}
          onQuiet={(quiet) => {
            const { quiet: _former, ...others } = celebrate;
            onBoard({ celebrate: quiet === undefined ? others : { ...others, quiet } });
          }}
        />
      )}
    </fieldset>
  );
};

/** What is said of the board as a whole. */
export const BoardForm = (props: BoardFormProps) => {
  const { board, reader, words, onBoard } = props;
  return (
    <>
      <TextField label={words.title} value={board.title} onText={(title) => onBoard({ title }, "board title")} />
      <SelectField
        label={words.colours}
        value={board.theme}
        values={themes}
        textOf={(theme) => reader.texts.themes[theme]}
        onChoose={(theme) => onBoard({ theme })}
      />
      <CelebrationFields {...props} />
    </>
  );
};
