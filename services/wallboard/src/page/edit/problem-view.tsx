import { fill } from "../texts/texts.ts";
import type { EditTexts } from "./edit-texts.ts";
import type { EditorSession, EditProblem } from "./editor-session.ts";

interface ProblemProps {
  readonly session: EditorSession;
  readonly words: EditTexts;
  /** Gives the edit up for what is there now. */
  readonly onTakeTheirs: () => void;
}

const sentenceOf = (problem: EditProblem, words: EditTexts): string => {
  switch (problem.kind) {
    case "changed":
      if (problem.etag === null) return words.goneMeanwhile;
      return problem.by === null ? words.conflict : fill(words.conflictBy, { name: problem.by });
    case "refused":
      return words.refused;
    case "forbidden":
      return words.forbidden;
    case "unreachable":
      return words.unreachable;
  }
};

/** Why the board is not saved, and what can be done about it. */
export const ProblemView = ({ session, words, onTakeTheirs }: ProblemProps) => {
  const problem = session.problem.value;
  if (problem === null) return null;
  return (
    <div class="edit-problem" role="alert">
      <p>{sentenceOf(problem, words)}</p>
      {problem.kind === "refused" && (
        <ul>
          {problem.faults.map((fault) => (
            <li key={fault}>{fault}</li>
          ))}
        </ul>
      )}
      {problem.kind === "changed" && (
        <div class="edit-actions">
          <button type="button" onClick={onTakeTheirs}>
            {words.takeTheirs}
          </button>
          <button type="button" onClick={() => void session.saveOver(problem.etag)}>
            {words.saveMine}
          </button>
        </div>
      )}
    </div>
  );
};
