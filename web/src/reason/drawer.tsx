import { type ReactNode, useEffect, useId, useRef } from "react";
import { useTexts } from "@/i18n/language";
import { texts } from "@/ui/texts";

/** A sheet at the side that explains something; Esc closes it, and the focus goes back to what opened it. */
export function Drawer({
  subject,
  title,
  about,
  close,
  children,
}: {
  /** What is explained, as text: a change moves the focus here. */
  subject: string;
  title: ReactNode;
  about?: ReactNode;
  close: () => void;
  children: ReactNode;
}) {
  const say = useTexts(texts);
  const heading = useId();
  const sheet = useRef<HTMLDialogElement>(null);
  const closing = useRef(close);
  closing.current = close;
  useEffect(() => {
    const opener = document.activeElement;
    const press = (event: KeyboardEvent) => {
      // The search above it closes by its own key.
      if (event.key === "Escape" && document.querySelector("dialog:modal") === null) closing.current();
    };
    window.addEventListener("keydown", press);
    return () => {
      window.removeEventListener("keydown", press);
      if (opener instanceof HTMLElement && opener.isConnected) opener.focus();
    };
  }, []);
  // What is explained may change in the same sheet; the focus follows it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the subject is what the effect waits for
  useEffect(() => sheet.current?.focus(), [subject]);
  return (
    <dialog ref={sheet} open className="drawer" tabIndex={-1} aria-labelledby={heading}>
      <header>
        <div>
          <h2 id={heading}>{title}</h2>
          {about !== undefined && <p className="quiet small">{about}</p>}
        </div>
        <button type="button" className="button plain" onClick={close}>
          {say("close")}
        </button>
      </header>
      <div>{children}</div>
    </dialog>
  );
}
