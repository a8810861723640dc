import { badRequest, notFound } from '../http/app-error.ts';

export const webhookNotFound = () => notFound('webhook');
export const deliveryNotFound = () => notFound('delivery');
export const urlNotAllowed = (message: string) => badRequest(`url: ${message}`, [{ path: 'url', message }]);
