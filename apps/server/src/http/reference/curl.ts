import type { Operation } from '@talkturo/contract';

/** What a request needs, taken from an operation's examples. */
export interface ExampleRequest {
  method: string;
  /** With its parameters filled in. */
  path: string;
  headers: Record<string, string>;
  body: unknown;
}

/** The request the reference shows for an operation. */
export function exampleRequest(method: string, path: string, operation: Operation): ExampleRequest {
  const query = new URLSearchParams();
  let filled = path;
  for (const parameter of operation.parameters) {
    if (parameter.in === 'path') filled = filled.replace(`{${parameter.name}}`, String(parameter.example));
    if (parameter.in === 'query' && parameter.required) query.set(parameter.name, String(parameter.example));
  }
  const content = operation.requestBody?.content['application/json'];
  return {
    method: method.toUpperCase(),
    path: query.size > 0 ? `${filled}?${query}` : filled,
    headers: {
      ...authorizationOf(operation),
      ...(content ? { 'content-type': 'application/json' } : {}),
    },
    body: content?.example,
  };
}

function authorizationOf({ security }: Operation): Record<string, string> {
  const [first] = security;
  if (!first) return {};
  return 'token' in first ? { authorization: 'Bearer $TALKTURO_API_KEY' } : { 'x-talkturo-client': 'curl' };
}

/** The request as a command for a shell. A person's session comes from a cookie file that signing in wrote. */
export function curlOf(server: string, request: ExampleRequest): string {
  const cookies = 'x-talkturo-client' in request.headers ? '-b cookies.txt' : request.path.startsWith('/api/auth/') ? '-c cookies.txt' : '';
  const parts = [
    `curl${request.method === 'GET' ? '' : ` -X ${request.method}`} "${server}${request.path}"`,
    ...(cookies ? [cookies] : []),
    ...Object.entries(request.headers).map(([name, value]) => `-H "${titled(name)}: ${value}"`),
    ...(request.body === undefined ? [] : [`-d '${JSON.stringify(request.body, null, 2).replaceAll("'", "'\\''")}'`]),
  ];
  return parts.join(' \\\n  ');
}

const titled = (name: string): string => name.replace(/(^|-)[a-z]/g, (letter) => letter.toUpperCase());
