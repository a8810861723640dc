import { useRef } from 'react';

/**
 * Gives the focus back to what had it before a dialog opened, or to the page where that is gone. Radix does so only for dialogs with a
 * trigger of their own.
 * @returns what the dialog is to do when it closes
 */
export function useFocusBack(open: boolean): (event: Event) => void {
  const opener = useRef<Element | null>(null);
  const was = useRef(false);
  // While the dialog is drawn for the first time: its own fields take the focus right after.
  if (open && !was.current) opener.current = document.activeElement;
  was.current = open;
  return (event) => {
    event.preventDefault();
    const back = opener.current instanceof HTMLElement && opener.current.isConnected ? opener.current : document.getElementById('content');
    back?.focus();
  };
}
