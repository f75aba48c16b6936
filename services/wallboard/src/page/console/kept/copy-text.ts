/** Puts a text on the clipboard. Outside of https and localhost there is none for scripts: then by way of a copy event. */
export const copyText = async (text: string): Promise<boolean> => {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const onCopy = (event: ClipboardEvent): void => {
      event.preventDefault();
      event.stopPropagation();
      event.clipboardData?.setData("text/plain", text);
    };
    document.addEventListener("copy", onCopy, { capture: true });
    const isCopied = document.execCommand("copy");
    document.removeEventListener("copy", onCopy, { capture: true });
    return isCopied;
  }
};
