import { AppError, badRequest, conflict, notFound } from '../http/app-error.ts';

export const campaignNotFound = () => notFound('campaign');
export const settingsLocked = (status: string) =>
  conflict(
    'settings_locked',
    status === 'running'
      ? `The settings of a ${status} campaign cannot be changed: pause it first.`
      : `The settings of a ${status} campaign cannot be changed.`,
  );
export const campaignOver = (status: string) => conflict('campaign_over', `The campaign is ${status}: that is final.`);
export const wrongTransition = (action: string, status: string) =>
  conflict('wrong_transition', `A campaign that is ${status} cannot be told to ${action}.`);
export const notDeletable = (status: string) => conflict('campaign_in_use', `A ${status} campaign cannot be deleted: stop it first.`);
export const notReady = (problem: string) => conflict('campaign_not_ready', problem);
export const messageMissing = () =>
  badRequest('voicemailMessage: is needed when voicemailAction is leave_message', [
    { path: 'voicemailMessage', message: 'is needed when voicemailAction is leave_message' },
  ]);
export const unknownContacts = (ids: readonly string[]) =>
  new AppError('not_found', 404, `There is no such contact: ${ids.slice(0, 3).join(', ')}${ids.length > 3 ? ' and more' : ''}.`);
