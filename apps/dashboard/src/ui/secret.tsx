import { Copy } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { toast } from 'sonner';
import { Button } from './button.tsx';

/** A value to be copied, such as a key that is shown once. */
export function Secret({ value }: { value: string }) {
  const { t } = useTranslation();
  const copy = async () => {
    await navigator.clipboard.writeText(value);
    toast.success(t('copied'));
  };
  return (
    <div className="flex items-start gap-2 rounded-md bg-wash p-2">
      <code className="min-w-0 grow self-center break-all px-1">{value}</code>
      <Button size="small" onClick={copy}>
        <Copy aria-hidden /> {t('copy')}
      </Button>
    </div>
  );
}
