import i18next from 'i18next';
import { ApiError, currentWorkspace } from './api.ts';
import { setReachable } from './connection.ts';

/**
 * Sends a large body and tells how far it is, which fetch cannot. The server reads as it works, so what was sent was nearly done.
 * @param onProgress 0..1
 * @throws ApiError with the server's sentence; TypeError when it cannot be reached or `signal` aborts.
 */
export function upload<Answer>(
  path: string,
  body: Blob,
  { type, onProgress, signal }: { type: string; onProgress: (done: number) => void; signal?: AbortSignal },
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sending = new XMLHttpRequest();
    sending.open('POST', path);
    sending.responseType = 'json';
    sending.setRequestHeader('content-type', type);
    sending.setRequestHeader('accept-language', document.documentElement.lang);
    sending.setRequestHeader('x-account-slug', currentWorkspace());
    sending.upload.onprogress = (event) => event.lengthComputable && onProgress(event.loaded / event.total);
    sending.onload = () => {
      if (sending.status >= 200 && sending.status < 300) return resolve(sending.response as Answer);
      const { error, details } = sending.response ?? {};
      reject(new ApiError(sending.status, error ?? sending.statusText, details));
    };
    sending.onerror = () => {
      setReachable(false);
      reject(new TypeError(i18next.t('unreachable')));
    };
    sending.onabort = () => reject(new TypeError('given up'));
    signal?.addEventListener('abort', () => sending.abort());
    sending.send(body);
  });
}
