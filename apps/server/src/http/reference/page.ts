import { createHash } from 'node:crypto';
import type { OpenApiDocument } from '@talkturo/contract';
import type { Drawing } from './field-rows.ts';
import { inGerman } from './german.ts';
import { escaped, markup } from './markup.ts';
import { operationSection } from './operation-section.ts';
import { SCRIPT } from './script.ts';
import { STYLE } from './style.ts';
import { type Language, WORDS } from './words.ts';

const hashed = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** Nothing but what stands in the page itself may run or load. */
export const PAGE_POLICY = `default-src 'none'; style-src ${hashed(STYLE)}; script-src ${hashed(SCRIPT)}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

/** The document as a page to read, in one file without anything from elsewhere. Sentences without a translation stay English. */
export function referencePageOf(document: OpenApiDocument, language: Language): string {
  const words = WORDS[language];
  const say = (sentence: string): string => (language === 'de' ? (inGerman(sentence) ?? sentence) : sentence);
  const drawing: Drawing = { components: document.components.schemas, words, say };
  const server = document.servers[0]?.url ?? '';
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );
  const groups = document.tags.map(({ name, description }) => ({
    name,
    description,
    id: name.toLowerCase().replaceAll(' ', '-'),
    operations: operations.filter(({ operation }) => operation.tags.includes(name)),
  }));
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${words.title}</title>
<style>${STYLE}</style>
</head>
<body data-copied="${words.copied}">
<a class="skip" href="#content">${words.skip}</a>
<nav aria-label="${words.title}">
<p class="brand">Talkturo <span>API</span></p>
<p class="links"><a href="${language === 'de' ? '/docs' : '/docs/de'}" hreflang="${language === 'de' ? 'en' : 'de'}">${words.otherLanguage}</a> <a href="/api/openapi.json">${words.document}</a></p>
<input type="search" id="find" placeholder="${words.find}" aria-label="${words.find}">
${groups
  .map(
    (group) =>
      `<div class="group"><h2><a href="#${group.id}">${escaped(say(group.name))}</a></h2><ul>${group.operations
        .map(
          ({ method, operation }) =>
            `<li data-for="${operation.operationId}"><a href="#${operation.operationId}"><span class="method ${method}">${method.toUpperCase()}</span> ${escaped(say(operation.summary))}</a></li>`,
        )
        .join('')}</ul></div>`,
  )
  .join('\n')}
</nav>
<main id="content">
<header>
<h1>${words.title}</h1>
${String(document.info.description)
  .split('\n\n')
  .map((block) => markup(say(block)))
  .join('\n')}
<p>${words.base}: <code>${escaped(server)}/api</code></p>
</header>
${groups
  .map(
    (group) => `<div class="group" id="${group.id}"><h2>${escaped(say(group.name))}</h2>${markup(say(group.description))}
${group.operations.map(({ method, path, operation }) => operationSection(method, path, operation, server, drawing, document)).join('\n')}</div>`,
  )
  .join('\n')}
</main>
<script>${SCRIPT}</script>
</body>
</html>
`;
}
