import type { Slideshow } from "../../board/board-definition.ts";
import type { BoardSummary } from "../../board/boards-answer.ts";
import type { Texts } from "../texts/texts.ts";
import { Menu } from "./menu.tsx";
import { boardPath, showPath } from "./route.ts";

interface BoardMenuProps {
  readonly title: string;
  /** The board that is shown. */
  readonly id: string | null;
  readonly boards: ReadonlyArray<BoardSummary>;
  readonly slideshows: ReadonlyArray<Pick<Slideshow, "id" | "title">>;
  readonly texts: Texts;
  readonly onGo: (path: string) => void;
  /** Asks for the boards that there are by now. */
  readonly onLook: () => void;
  /** Begins a new board, for whoever may. */
  readonly onNew?: () => void;
  /** Also leads to the console. */
  readonly canSql?: boolean;
}

interface LinkProps {
  readonly path: string;
  readonly title: string;
  readonly isHere: boolean;
  readonly onGo: (path: string) => void;
}

/** A link as any other (it opens in a new tab, too), that changes the board without loading the page again. */
const GoLink = ({ path, title, isHere, onGo }: LinkProps) => (
  <li>
    <a
      href={path}
      aria-current={isHere ? "page" : undefined}
      onClick={(event) => {
        if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        onGo(path);
      }}
    >
      {title}
    </a>
  </li>
);

/** The board's title, which opens to the other boards and the slideshows. */
export const BoardMenu = ({ title, id, boards, slideshows, texts, onGo, onLook, onNew, canSql }: BoardMenuProps) => (
  <Menu
    class="board-menu"
    isHeading
    onOpen={onLook}
    button={
      <>
        <span>{title}</span>
        <svg class="chevron" viewBox="0 0 12 8" aria-hidden="true">
          <path d="M1.5 1.5L6 6L10.500 1.5" />
        </svg>
      </>
    }
  >
    {(close) => {
      const go = (path: string): void => {
        close();
        onGo(path);
      };
      return (
        <nav aria-label={texts.boards}>
          <ul>
            {boards.map((board) => (
              <GoLink
                key={board.id}
                path={boardPath(board.id)}
                title={board.title}
                isHere={board.id === id}
                onGo={go}
              />
            ))}
            {onNew !== undefined && (
              <li>
                <button
                  type="button"
                  class="menu-choice"
                  onClick={() => {
                    close();
                    onNew();
                  }}
                >
                  + {texts.newBoard}
                </button>
              </li>
            )}
          </ul>
          {slideshows.length > 0 && <p class="menu-heading">{texts.slideshows}</p>}
          <ul>
            {slideshows.map((show) => (
              <GoLink key={show.id} path={showPath(show.id)} title={show.title} isHere={false} onGo={go} />
            ))}
          </ul>
          {canSql === true && (
            <ul>
              <li>
                <a class="menu-apart" href="/sql">
                  SQL
                </a>
              </li>
            </ul>
          )}
        </nav>
      );
    }}
  </Menu>
);
