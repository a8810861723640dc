import type { ErrorDetail } from '@talkturo/contract';
import { AppError, badRequest, conflict } from '../http/app-error.ts';

/** 409 that says whose number it is. */
export const phoneTaken = (phone: string, holder: { id: string; firstName: string; lastName: string }) =>
  conflict('phone_taken', `The contact ${holder.firstName} ${holder.lastName} (${holder.id}) already has the phone number ${phone}.`);

export const keyTaken = (key: string) => conflict('key_taken', `There is already a custom field with the key ${key}.`);

export const companyHasContacts = (n: number) =>
  conflict(
    'company_has_contacts',
    `The company still has ${n} ${n === 1 ? 'contact' : 'contacts'}: delete or move them first, or send deleteContacts=true.`,
  );

export const companyInUse = () => conflict('company_in_use', 'The company is still used, for example by a campaign: delete that first.');

/** 400 that names each field. */
export const invalidFields = (details: readonly ErrorDetail[]) => {
  const [first] = details;
  return badRequest(
    first ? `${first.path}: ${first.message}${details.length > 1 ? ` (and ${details.length - 1} more)` : ''}` : '',
    details,
  );
};

export const notAPhoneNumber = (path: string, country: string): ErrorDetail => ({
  path,
  message: `is not a phone number of ${country}; write it with its country code, for example +14155550101`,
});

export const tooManyCustomFields = (most: number) =>
  new AppError('too_many_custom_fields', 409, `There are already ${most} custom fields of this kind; delete one first.`);
