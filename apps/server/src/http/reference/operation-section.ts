import type { MediaType, OpenApiDocument, Operation, Parameter } from '@talkturo/contract';
import { resolved } from '@talkturo/contract';
import { curlOf, exampleRequest } from './curl.ts';
import { type Drawing, fieldRow, fieldRows } from './field-rows.ts';
import { colouredJson, escaped, inline, markup } from './markup.ts';

/** One endpoint of the page: what it is on the left, what it looks like on the right. */
export function operationSection(
  method: string,
  path: string,
  operation: Operation,
  server: string,
  drawing: Drawing,
  document: OpenApiDocument,
): string {
  const { words, say } = drawing;
  const success = operation.responses['200'];
  const content = success && 'content' in success ? success.content : undefined;
  const json = content?.['application/json'];
  return `<section class="operation" id="${operation.operationId}" data-find="${escaped(`${method} ${path} ${operation.summary} ${say(operation.summary)}`.toLowerCase())}">
<div class="about">
<h3><a href="#${operation.operationId}">${inline(say(operation.summary))}</a></h3>
<p class="address"><span class="method ${method}">${method.toUpperCase()}</span> <code>${escaped(path)}</code></p>
${(operation.description ?? '')
  .split('\n\n')
  .map((block) => markup(say(block)))
  .join('\n')}
${parameters(words.path, operation.parameters, 'path', drawing)}
${parameters(words.query, operation.parameters, 'query', drawing)}
${parameters(words.header, operation.parameters, 'header', drawing)}
${bodyFields(operation, drawing)}
${answerFields(json, drawing)}
${failures(operation, drawing, document)}
</div>
<div class="shown">
${shown(words.request, `<span class="shell">${escaped(curlOf(server, exampleRequest(method, path, operation)))}</span>`, words.copy)}
${answerShown(content, json, drawing)}
</div>
</section>`;
}

function parameters(title: string, all: Parameter[], place: Parameter['in'], drawing: Drawing): string {
  const rows = all.filter((parameter) => parameter.in === place);
  if (rows.length === 0) return '';
  const drawn = rows.map(({ name, schema, description, required }) =>
    fieldRow(name, { ...schema, ...(description ? { description } : {}) }, drawing, required),
  );
  return `<h4>${title}</h4><dl>${drawn.join('')}</dl>`;
}

function bodyFields({ requestBody }: Operation, drawing: Drawing): string {
  const json = requestBody?.content['application/json'];
  return json ? `<h4>${drawing.words.body}</h4><dl>${fieldRows(json.schema, drawing)}</dl>` : '';
}

function answerFields(json: MediaType | undefined, drawing: Drawing): string {
  if (!json) return '';
  const { success: _, ...properties } = resolved(json.schema, drawing.components).properties ?? {};
  if (Object.keys(properties).length === 0) return '';
  const rows = fieldRows({ ...json.schema, properties }, drawing);
  return `<details><summary>${drawing.words.fields}</summary><dl>${rows}</dl></details>`;
}

function failures({ responses }: Operation, { words, say }: Drawing, document: OpenApiDocument): string {
  const rows = Object.entries(responses)
    .filter(([status]) => status !== '200')
    .map(([status, response]) => {
      const { description } = '$ref' in response ? named(response.$ref, document) : response;
      return `<li><code>${status}</code> ${inline(say(description))}</li>`;
    });
  return `<details><summary>${words.failures}</summary><ul class="failures">${rows.join('')}</ul></details>`;
}

const named = (ref: string, document: OpenApiDocument): { description: string } =>
  document.components.responses[ref.split('/').at(-1) ?? ''] as { description: string };

function answerShown(content: Record<string, MediaType> | undefined, json: MediaType | undefined, { words }: Drawing): string {
  if (json?.example !== undefined) return shown(`${words.answer} 200`, colouredJson(json.example), words.copy);
  return shown(
    `${words.answer} 200`,
    Object.keys(content ?? {})
      .map(escaped)
      .join('\n'),
    null,
  );
}

const shown = (title: string, code: string, copy: string | null): string =>
  `<figure><figcaption>${title}${copy ? `<button type="button" class="copy">${copy}</button>` : ''}</figcaption><pre tabindex="0"><code>${code}</code></pre></figure>`;
