import { useEffect, useState } from 'react';

/**
 * A form's state that outlives a reload of the page and the closing of its dialog, until it is cleared. Nothing secret belongs in here.
 * @param name what the form is about; for a stored record with its version, so that an old draft never covers newer facts
 * @param initial what the form begins with; only that of the first time counts
 * @returns the value, its setter, what forgets it after the form was sent, and whether it is one that was kept
 */
export function useDraft<Value>(name: string, initial: Value): [Value, (value: Value) => void, () => void, boolean] {
  const key = `talkturo.draft.${name}`;
  const [start] = useState(() => ({ kept: read<Value>(key), initial }));
  const [value, setValue] = useState<Value>(start.kept ?? start.initial);
  const [restored, setRestored] = useState(start.kept !== null);
  useEffect(() => {
    const same = JSON.stringify(value) === JSON.stringify(start.initial);
    if (same) sessionStorage.removeItem(key);
    else sessionStorage.setItem(key, JSON.stringify(value));
  }, [key, value, start]);
  const clear = () => {
    sessionStorage.removeItem(key);
    setValue(start.initial);
    setRestored(false);
  };
  return [value, setValue, clear, restored];
}

function read<Value>(key: string): Value | null {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? 'null');
  } catch {
    return null;
  }
}
