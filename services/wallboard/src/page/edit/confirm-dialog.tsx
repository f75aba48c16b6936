import { useEffect, useRef } from "preact/hooks";

interface ConfirmProps {
  readonly text: string;
  readonly yes: string;
  readonly no: string;
  readonly onYes: () => void;
  readonly onNo: () => void;
}

/** Asks before something is lost. The browser keeps the focus inside, and Escape is a no. */
export const ConfirmDialog = ({ text, yes, no, onYes, onNo }: ConfirmProps) => {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} class="confirm" aria-label={text} onCancel={onNo}>
      <p>{text}</p>
      <div class="edit-actions">
        <button type="button" onClick={onNo}>
          {no}
        </button>
        <button type="button" class="danger" onClick={onYes}>
          {yes}
        </button>
      </div>
    </dialog>
  );
};
