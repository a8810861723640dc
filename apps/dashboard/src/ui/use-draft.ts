import { useEffect, useState } from 'react';

/**
 * A form's state that outlives a reload of the page, until it is cleared. Nothing secret belongs in here.
 * @returns the value, its setter, and what forgets it after the form was sent.
 */
export function useDraft<Value>(name: string, initial: Value): [Value, (value: Value) => void, () => void] {
  const key = `talkturo.draft.${name}`;
  const [value, setValue] = useState<Value>(() => read(key) ?? initial);
  useEffect(() => {
    const same = JSON.stringify(value) === JSON.stringify(initial);
    if (same) sessionStorage.removeItem(key);
    else sessionStorage.setItem(key, JSON.stringify(value));
  }, [key, value, initial]);
  const clear = () => {
    sessionStorage.removeItem(key);
    setValue(initial);
  };
  return [value, setValue, clear];
}

function read<Value>(key: string): Value | null {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? 'null');
  } catch {
    return null;
  }
}
