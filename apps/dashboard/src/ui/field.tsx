import { type ComponentProps, type ReactNode, useId } from 'react';
import { cn } from './class-names.ts';

const control =
  'w-full rounded-md border border-line bg-card px-3 text-ink placeholder:text-soft/80 disabled:opacity-60 aria-invalid:border-danger';

interface Around {
  label: string;
  hint?: ReactNode;
  error?: string | undefined;
  /** The label is for screen readers only. */
  bare?: boolean;
}

/** A label, a control, a hint and an error that belong together for eyes and screen readers. */
function Field({
  label,
  hint,
  error,
  bare,
  className,
  children,
}: Around & {
  className?: string | undefined;
  children: (ids: { id: string; 'aria-describedby'?: string; 'aria-invalid'?: true }) => ReactNode;
}) {
  const id = useId();
  const described = hint || error ? `${id}-about` : undefined;
  return (
    <div className={cn('flex flex-col gap-1.5', className)}>
      <label htmlFor={id} className={bare ? 'sr-only' : 'font-medium'}>
        {label}
      </label>
      {children({ id, ...(described ? { 'aria-describedby': described } : {}), ...(error ? { 'aria-invalid': true as const } : {}) })}
      {(hint || error) && (
        <p id={described} className={cn('text-[13px]', error ? 'text-danger' : 'text-soft')}>
          {error ?? hint}
        </p>
      )}
    </div>
  );
}

export function TextField({ label, hint, error, bare, className, ...rest }: Around & ComponentProps<'input'>) {
  return (
    <Field {...{ label, hint, error, bare }} className={className}>
      {(ids) => <input className={cn(control, 'h-9')} {...rest} {...ids} />}
    </Field>
  );
}

export function TextArea({ label, hint, error, bare, className, ...rest }: Around & ComponentProps<'textarea'>) {
  return (
    <Field {...{ label, hint, error, bare }} className={className}>
      {(ids) => <textarea className={cn(control, 'min-h-28 py-2 leading-relaxed')} {...rest} {...ids} />}
    </Field>
  );
}

export function SelectField({
  label,
  hint,
  error,
  bare,
  className,
  options,
  ...rest
}: Around & ComponentProps<'select'> & { options: readonly { value: string; label: string }[] }) {
  return (
    <Field {...{ label, hint, error, bare }} className={className}>
      {(ids) => (
        <select className={cn(control, 'h-9 pr-8')} {...rest} {...ids}>
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

/** One of a few, all seen at once. */
export function Choices<Value extends string>({
  label,
  value,
  options,
  onChange,
}: {
  label: string;
  value: Value;
  options: readonly { value: Value; label: string }[];
  onChange: (value: Value) => void;
}) {
  const name = useId();
  return (
    <fieldset>
      <legend className="mb-1 font-medium">{label}</legend>
      {options.map((option) => (
        <label key={option.value} className="flex min-h-9 cursor-pointer items-center gap-3">
          <input
            type="radio"
            name={name}
            className="size-4 accent-brand"
            checked={value === option.value}
            onChange={() => onChange(option.value)}
          />
          {option.label}
        </label>
      ))}
    </fieldset>
  );
}
