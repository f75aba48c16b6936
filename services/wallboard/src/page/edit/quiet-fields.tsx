import type { QuietHours } from "../../board/board-definition.ts";
import type { EditTexts } from "./edit-texts.ts";
import { SelectField, TimeField } from "./fields.tsx";

interface QuietProps {
  /** Undefined: outside the workspace's business hours. */
  readonly quiet: QuietHours | undefined;
  readonly words: EditTexts;
  readonly onQuiet: (quiet: QuietHours | undefined) => void;
}

const evening: QuietHours = { fromMinute: 20 * 60, toMinute: 8 * 60 };

/** When nothing is celebrated. */
export const QuietFields = ({ quiet, words, onQuiet }: QuietProps) => (
  <>
    <SelectField
      label={words.quiet}
      value={quiet === undefined ? "business" : quiet === "never" ? "never" : "hours"}
      values={["business", "hours", "never"] as const}
      textOf={(one) => words.quietHours[one]}
      onChoose={(one) => onQuiet(one === "business" ? undefined : one === "never" ? "never" : evening)}
    />
    {typeof quiet === "object" && (
      <div class="field-pair">
        <TimeField
          label={words.quietFrom}
          minute={quiet.fromMinute}
          onMinute={(fromMinute) => onQuiet({ ...quiet, fromMinute })}
        />
        <TimeField
          label={words.quietTo}
          minute={quiet.toMinute}
          onMinute={(toMinute) => onQuiet({ ...quiet, toMinute })}
        />
      </div>
    )}
  </>
);
