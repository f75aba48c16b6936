import { useSignal } from "@preact/signals";
import { type ConsoleSchema, layers } from "../../../console/console-schema.ts";
import { fill } from "../../texts/texts.ts";
import type { ConsoleReader } from "../console-words.ts";
import { callOf } from "../sql/completions.ts";
import { type FoundView, searchViews } from "./search-views.ts";

interface SchemaProps {
  readonly schema: ConsoleSchema;
  readonly reader: ConsoleReader;
  readonly onInsert: (text: string) => void;
}

const Columns = ({ columns, onInsert }: Pick<SchemaProps, "onInsert"> & Pick<FoundView, "columns">) => (
  <ul class="sql-columns">
    {columns.map(({ name, type, comment }) => (
      <li key={name}>
        <button type="button" title={comment} onClick={() => onInsert(name)}>
          <span class="sql-column-name">{name}</span>
          <span class="sql-column-type">{type}</span>
          {comment !== "" && <span class="sql-column-comment">{comment}</span>}
        </button>
      </li>
    ))}
  </ul>
);

const ViewItem = ({ found, reader, onInsert }: Omit<SchemaProps, "schema"> & { readonly found: FoundView }) => {
  const { view, columns, isOpen } = found;
  const isOpened = useSignal(false);
  const shown = isOpen || isOpened.value;
  return (
    <li class="sql-view">
      <div class="sql-view-head">
        <button
          type="button"
          class="sql-view-name"
          aria-expanded={shown}
          title={view.comment}
          onClick={() => {
            isOpened.value = !shown;
          }}
        >
          <span class="sql-twist" aria-hidden="true" />
          {view.name}
        </button>
        <button
          type="button"
          class="sql-insert"
          aria-label={fill(reader.words.insert, { name: view.name })}
          title={fill(reader.words.insert, { name: view.name })}
          onClick={() => onInsert(callOf(view, false))}
        >
          +
        </button>
      </div>
      {shown && (
        <>
          {view.comment !== "" && <p class="sql-comment">{view.comment}</p>}
          <Columns columns={columns} onInsert={onInsert} />
        </>
      )}
    </li>
  );
};

/** What can be asked: the views of the three layers, each with its columns. A click puts a name at the cursor. */
export const SchemaBrowser = ({ schema, reader, onInsert }: SchemaProps) => {
  const sought = useSignal("");
  const { words } = reader;
  const found = searchViews(schema.views, sought.value);
  return (
    <>
      <input
        type="search"
        class="sql-search"
        aria-label={words.search}
        placeholder={words.search}
        value={sought.value}
        onInput={(event) => {
          sought.value = event.currentTarget.value;
        }}
      />
      <div class="sql-list">
        {found.length === 0 && <p class="sql-comment">{words.nothingFound}</p>}
        {layers.map((layer) => {
          const here = found.filter(({ view }) => view.layer === layer);
          if (here.length === 0) return null;
          return (
            <details key={layer} open={layer === "facts" || sought.value.trim() !== ""}>
              <summary>
                {words.layers[layer]} <span>{here.length}</span>
              </summary>
              <ul>
                {here.map((each) => (
                  <ViewItem key={each.view.name} found={each} reader={reader} onInsert={onInsert} />
                ))}
              </ul>
            </details>
          );
        })}
      </div>
    </>
  );
};
