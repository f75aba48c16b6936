import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { keptChoice } from "../shell/kept-choice.ts";

interface EditorSplitProps {
  readonly label: string;
  readonly children: ComponentChildren;
}

const kept = keptChoice("leadwire-sql-height");
const [leastPercent, mostPercent, stepPercent] = [12, 75, 4];
const clamp = (percent: number): number => Math.max(leastPercent, Math.min(mostPercent, Math.round(percent)));

/** How high the editor is, in hundredths of the window: with the mouse or the arrow keys, and as it was the last time. */
export const EditorSplit = ({ label, children }: EditorSplitProps) => {
  const [percent, setPercent] = useState(() => clamp(Number(kept.read() ?? 32) || 32));
  const set = (next: number): void => {
    setPercent(clamp(next));
    kept.write(String(clamp(next)));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = event.key === "ArrowDown" ? stepPercent : event.key === "ArrowUp" ? -stepPercent : 0;
    if (step === 0) return;
    event.preventDefault();
    set(percent + step);
  };
  return (
    <div class="sql-editor-split" style={{ "--height": `${percent}dvh` }}>
      {children}
      {/* biome-ignore lint/a11y/useSemanticElements: a rule cannot be moved */}
      <div
        class="sql-divider"
        role="separator"
        aria-orientation="horizontal"
        aria-label={label}
        aria-valuenow={percent}
        aria-valuemin={leastPercent}
        aria-valuemax={mostPercent}
        tabIndex={0}
        onKeyDown={onKeyDown}
        onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
        onPointerMove={(event) => {
          if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
          const top = event.currentTarget.parentElement?.getBoundingClientRect().top ?? 0;
          set(((event.clientY - top) / innerHeight) * 100);
        }}
      />
    </div>
  );
};
