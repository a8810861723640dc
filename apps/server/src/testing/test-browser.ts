import type { TestAnswer, TestServer } from './test-server.ts';

/** A browser on one of our pages: it keeps cookies and names its origin. */
export interface TestBrowser {
  cookies: Map<string, string>;
  send(method: string, url: string, body?: unknown, headers?: Record<string, string>): Promise<TestAnswer>;
}

/** A browser without cookies. */
export function createTestBrowser(server: TestServer): TestBrowser {
  const cookies = new Map<string, string>();
  return {
    cookies,
    async send(method, url, body, headers = {}) {
      const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
      const answer = await server.request(method, url, {
        body,
        headers: { origin: 'http://localhost', host: 'localhost', ...(cookie ? { cookie } : {}), ...headers },
      });
      for (const line of [answer.headers['set-cookie'] ?? []].flat() as string[]) {
        const [, name, value] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
        if (name === undefined) continue;
        if (!value || /max-age=0/i.test(line)) cookies.delete(name);
        else cookies.set(name, value);
      }
      return answer;
    },
  };
}

let people = 0;

/** A browser in which a new person has just signed up, with a workspace of their own. */
export async function signedUp(
  server: TestServer,
  more: { email?: string; name?: string; workspaceName?: string; invitationToken?: string } = {},
): Promise<TestBrowser & { email: string; password: string; userId: string; slug: string }> {
  const browser = createTestBrowser(server);
  const { email = `person${++people}@example.com`, name = 'Ada Lovelace', ...rest } = more;
  const password = 'correct horse battery';
  const answer = await browser.send('POST', '/api/auth/sign-up/email', { email, password, name, ...rest });
  if (answer.status !== 200) throw new Error(`signing up was refused: ${answer.text}`);
  const { accounts } = (await browser.send('GET', '/api/accounts')).body;
  return { ...browser, email, password, userId: answer.body.user.id, slug: accounts[0].slug };
}
