import { Search } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { cn } from './class-names.ts';

/** A pause in typing after which the search begins. */
const PAUSE_MS = 250;

/** A field whose words narrow down a list. `value` is what is searched for now: it may also change from outside. */
export function SearchField({
  label,
  placeholder = label,
  value,
  onSearch,
  className,
}: {
  label: string;
  placeholder?: string;
  value: string;
  onSearch: (words: string) => void;
  className?: string;
}) {
  const [words, setWords] = useState(value);
  const sent = useRef(value);
  const search = useRef(onSearch);
  search.current = onSearch;
  useEffect(() => {
    if (value !== sent.current) setWords(value);
    sent.current = value;
  }, [value]);
  useEffect(() => {
    if (words === sent.current) return;
    const timer = setTimeout(() => {
      sent.current = words;
      search.current(words);
    }, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [words]);
  return (
    <label className={cn('relative block min-w-0', className)}>
      <span className="sr-only">{label}</span>
      <Search className="pointer-events-none absolute top-2.5 left-3 size-4 text-soft" aria-hidden />
      <input
        type="search"
        className="h-9 w-full rounded-md border border-line bg-card pr-3 pl-9 text-ink placeholder:text-soft/80"
        placeholder={placeholder}
        value={words}
        onChange={(event) => setWords(event.target.value)}
      />
    </label>
  );
}
