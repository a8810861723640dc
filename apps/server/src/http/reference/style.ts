/** Light and dark, wide and narrow; no fonts or pictures from anywhere. */
export const STYLE = `
:root { --ink: #16202c; --soft: #52606f; --line: #dde3ea; --page: #ffffff; --side: #f6f8fa; --code: #f1f4f8; --brand: #0b6bcb;
  --get: #0a6e4f; --post: #0b5cad; --patch: #8a5a00; --delete: #b3261e; --dark: #101926; --dark-line: #243245; --dark-ink: #dbe5f0; }
@media (prefers-color-scheme: dark) { :root { --ink: #e4ebf3; --soft: #9fb0c3; --line: #26323f; --page: #0e151d; --side: #121b25;
  --code: #1a2531; --brand: #6db3ff; --get: #5fd3a6; --post: #7ab8ff; --patch: #e5b567; --delete: #ff8a80; --dark: #0a1018; } }
* { box-sizing: border-box; }
html { scroll-behavior: smooth; scroll-padding-top: 1rem; }
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
body { margin: 0; font: 16px/1.55 system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif; color: var(--ink); background: var(--page);
  display: grid; grid-template-columns: 19rem minmax(0, 1fr); }
a { color: var(--brand); } a:focus-visible, input:focus-visible, button:focus-visible, pre:focus-visible, summary:focus-visible {
  outline: 2px solid var(--brand); outline-offset: 2px; }
code, pre { font: .875em/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
:not(pre) > code { background: var(--code); border-radius: 4px; padding: .1em .35em; overflow-wrap: anywhere; }
.skip { position: absolute; left: -99rem; } .skip:focus { left: 1rem; top: 1rem; background: var(--page); padding: .5rem 1rem; z-index: 2; }
nav { position: sticky; top: 0; height: 100vh; overflow-y: auto; background: var(--side); border-right: 1px solid var(--line); padding: 1.5rem 1rem; }
nav .brand { margin: 0; font-weight: 700; font-size: 1.2rem; } nav .brand span { color: var(--brand); }
nav .links { margin: .25rem 0 1rem; font-size: .85rem; display: flex; gap: 1rem; }
nav input { width: 100%; padding: .5rem .75rem; border: 1px solid var(--line); border-radius: 8px; background: var(--page); color: inherit; font: inherit; }
nav h2 { font-size: .8rem; letter-spacing: .03em; margin: 1.25rem 0 .25rem; } nav h2 a { color: var(--soft); text-decoration: none; }
nav ul { list-style: none; margin: 0; padding: 0; }
nav li a { display: flex; gap: .5rem; align-items: baseline; padding: .2rem .4rem; border-radius: 6px; color: var(--ink); text-decoration: none; font-size: .875rem; }
nav li a:hover { background: var(--code); }
.method { font: 700 .68rem/1 ui-monospace, Menlo, Consolas, monospace; flex: none; }
nav .method { width: 3.4em; } .method.get { color: var(--get); } .method.post { color: var(--post); }
.method.patch, .method.put { color: var(--patch); } .method.delete { color: var(--delete); }
main { padding: 2.5rem clamp(1rem, 3vw, 3.5rem) 6rem; max-width: 90rem; width: 100%; }
main > header { max-width: 46rem; } h1 { font-size: 2rem; line-height: 1.2; margin: 0 0 1rem; }
main .group > h2 { font-size: 1.5rem; margin: 3.5rem 0 .5rem; padding-top: 2rem; border-top: 1px solid var(--line); }
.operation { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); gap: 2.5rem; padding: 2rem 0; border-bottom: 1px solid var(--line); }
.operation:last-child { border-bottom: 0; }
.operation[hidden], .group[hidden], li[hidden] { display: none; }
.operation h3 { margin: 0; font-size: 1.15rem; } .operation h3 a { color: inherit; text-decoration: none; }
.operation h4 { margin: 1.5rem 0 .25rem; font-size: .85rem; color: var(--soft); }
.address { margin: .35rem 0 .75rem; } .address .method { font-size: .75rem; margin-right: .4rem; }
dl { margin: 0; } .field { padding: .6rem 0; border-top: 1px solid var(--line); } dd { margin: .15rem 0 0; } dd p { margin: 0; }
.facts { color: var(--soft); font-size: .85rem; } .required { color: var(--delete); font-size: .75rem; font-weight: 600; margin-left: .35rem; }
details { margin-top: 1.25rem; } summary { cursor: pointer; font-weight: 600; font-size: .9rem; } details dl, .failures { margin-top: .5rem; }
.failures { padding-left: 1.1rem; }
.shown { position: sticky; top: 1rem; align-self: start; }
figure { color-scheme: dark; margin: 0 0 1rem; background: var(--dark); color: var(--dark-ink); border: 1px solid var(--dark-line); border-radius: 10px; overflow: hidden; }
figcaption { display: flex; justify-content: space-between; align-items: center; padding: .5rem .9rem; font-size: .8rem; border-bottom: 1px solid var(--dark-line); color: #a9bacd; }
figure button { font: inherit; color: inherit; background: none; border: 1px solid var(--dark-line); border-radius: 6px; padding: .1rem .6rem; cursor: pointer; }
figure button:hover { color: #fff; border-color: #4a6078; }
pre { margin: 0; padding: .9rem; overflow: auto; max-height: 30rem; } .shell { white-space: pre; }
.key { color: #8fc7ff; } .string { color: #a5dba0; } .word { color: #f2c078; }
@media (max-width: 75rem) { .operation { grid-template-columns: minmax(0, 1fr); gap: 1rem; } .shown { position: static; } }
@media (max-width: 50rem) { body { grid-template-columns: minmax(0, 1fr); } nav { position: static; height: auto; border-right: 0; border-bottom: 1px solid var(--line); }
  nav .group { display: none; } }
@media print { nav, .copy { display: none; } body { display: block; } pre { max-height: none; } }
`;
