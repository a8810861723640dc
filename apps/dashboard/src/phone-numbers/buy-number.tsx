import type { BodyInputOf, purchasePhoneNumber, searchPhoneNumbers } from '@talkturo/contract';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toast } from 'sonner';
import { request } from '../api.ts';
import { useWorkspace } from '../identity/workspace.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { SelectField, TextField } from '../ui/field.tsx';
import { Failure } from '../ui/surface.tsx';
import { suppliersQuery } from './phone-numbers.queries.ts';
import { SupplierField } from './supplier-field.tsx';

type Wanted = BodyInputOf<typeof searchPhoneNumbers>['provider'];

const COUNTRIES = ['US', 'CA', 'GB', 'DE', 'AT', 'CH', 'FR', 'ES', 'IT', 'NL'];

/** Searches what a carrier offers and buys one of them. */
export function BuyNumber({
  open,
  onOpenChange,
  onBought,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onBought: () => void;
}) {
  const { slug } = useParams({ from: '/home/$slug/phone-numbers' });
  const { teamId } = useWorkspace(slug);
  const { t, i18n } = useTranslation();
  const [countryCode, setCountry] = useState('US');
  const [areaCode, setAreaCode] = useState('');
  const [numberType, setType] = useState<'local' | 'toll-free'>('local');
  const [chosen, setChosen] = useState<string | null>(null);
  const { data: sellers } = useQuery({ ...suppliersQuery(slug, teamId), enabled: open });
  const suppliers = sellers?.suppliers ?? [];
  const provider = (chosen ?? suppliers.find((one) => one.is_default)?.provider) as Wanted;
  const hasAreas = countryCode === 'US' || countryCode === 'CA';
  const names = new Intl.DisplayNames(i18n.language, { type: 'region' });

  const search = useMutation({
    mutationFn: () =>
      request<typeof searchPhoneNumbers>('POST', '/api/phone-numbers/search', {
        body: {
          filters: { countryCode: countryCode as never, numberType, limit: 10, ...(hasAreas && areaCode ? { areaCode } : {}) },
          ...(provider ? { provider } : {}),
        },
      }),
  });
  const buy = useMutation({
    // Of the carrier that offered it, whichever is chosen by now.
    mutationFn: (phoneNumber: string) =>
      request<typeof purchasePhoneNumber>('POST', '/api/phone-numbers/purchase', {
        body: { phoneNumber, teamId, provider: search.data?.provider as Wanted },
      }),
    onSuccess: ({ phoneNumber, eligibility }) => {
      const { phone_number: number } = phoneNumber;
      // A toast that goes by itself is not enough for what has to be done.
      if (phoneNumber.papers_missing) toast.warning(t('numbers.boughtWithoutPapers', { number }), { duration: Infinity });
      else toast.success(t('numbers.bought', { number, count: eligibility.currentCount, most: eligibility.maxAllowed }));
      onBought();
      onOpenChange(false);
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    search.mutate();
  };
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={t('numbers.buy')}>
      <form onSubmit={submit} className="grid gap-3 sm:grid-cols-3">
        <SelectField
          label={t('numbers.country')}
          value={countryCode}
          onChange={(event) => setCountry(event.target.value)}
          options={COUNTRIES.map((code) => ({ value: code, label: names.of(code) ?? code }))}
        />
        <TextField
          label={t('numbers.areaCode')}
          inputMode="numeric"
          pattern="[0-9]{3}"
          placeholder="415"
          disabled={!hasAreas}
          value={areaCode}
          onChange={(event) => setAreaCode(event.target.value)}
        />
        <SelectField
          label={t('numbers.type')}
          value={numberType}
          onChange={(event) => setType(event.target.value as typeof numberType)}
          options={[
            { value: 'local', label: t('numbers.local') },
            { value: 'toll-free', label: t('numbers.tollFree') },
          ]}
        />
        {suppliers.length > 1 && provider && (
          <SupplierField
            suppliers={suppliers}
            chosen={provider}
            onChoose={(one) => {
              setChosen(one);
              search.reset();
            }}
          />
        )}
        <Button type="submit" className="sm:col-span-3" busy={search.isPending}>
          {t('search')}
        </Button>
      </form>
      {(search.error ?? buy.error) && (
        <div className="mt-3">
          <Failure error={search.error ?? buy.error} />
        </div>
      )}
      {search.data && (
        <ul className="mt-4 divide-y divide-line">
          {search.data.numbers.length === 0 && <li className="py-3 text-soft">{t('numbers.noneFound')}</li>}
          {search.data.numbers.map((offer) => (
            <li key={offer.phoneNumber} className="flex items-center justify-between gap-3 py-2">
              <span className="tabular-nums">{offer.phoneNumber}</span>
              <span className="grow text-right text-[13px] text-soft">{t('numbers.price', { price: offer.monthlyPrice })}</span>
              <Button
                size="small"
                kind="main"
                busy={buy.isPending && buy.variables === offer.phoneNumber}
                disabled={buy.isPending}
                onClick={() => buy.mutate(offer.phoneNumber)}
              >
                {t('numbers.buyThis')}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </Dialog>
  );
}
