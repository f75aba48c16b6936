import { fill } from "../texts/texts.ts";
import type { ConsoleState } from "./console-state.ts";
import type { ConsoleReader } from "./console-words.ts";

/** A field for each place to fill in of the statement; Enter in one runs it. */
export const ParameterFields = ({
  state,
  reader,
}: {
  readonly state: ConsoleState;
  readonly reader: ConsoleReader;
}) => {
  const parameters = state.parameters.value;
  const missing = state.missing.value;
  if (parameters.length === 0) return null;
  return (
    <form
      class="sql-parameters"
      aria-label={reader.words.parameters}
      onSubmit={(event) => {
        event.preventDefault();
        state.ask();
      }}
    >
      {parameters.map(({ name, type }) => (
        <label key={name}>
          <span>
            {name} <small>{type}</small>
          </span>
          <input
            value={state.given.value[name] ?? ""}
            aria-invalid={missing.includes(name)}
            onInput={({ currentTarget: { value } }) => {
              state.given.value = { ...state.given.peek(), [name]: value };
            }}
          />
        </label>
      ))}
      {missing.length > 0 && (
        <p class="sql-missing" role="alert">
          {fill(reader.words.fillIn, { names: missing.join(", ") })}
        </p>
      )}
      {/* Enter submits a form of several fields only where it has a button. */}
      <button type="submit" class="unseen" tabIndex={-1}>
        {reader.words.run}
      </button>
    </form>
  );
};
