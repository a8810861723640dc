/** Finds endpoints while typing and copies examples. The page can be read without it. */
export const SCRIPT = `
const find = document.getElementById('find');
find.addEventListener('input', () => {
  const words = find.value.toLowerCase().split(/\\s+/).filter(Boolean);
  for (const section of document.querySelectorAll('.operation')) {
    const hidden = !words.every((word) => section.dataset.find.includes(word));
    section.hidden = hidden;
    document.querySelector('[data-for="' + section.id + '"]').hidden = hidden;
  }
  for (const group of document.querySelectorAll('.group')) {
    group.hidden = !group.querySelector('.operation:not([hidden]), li:not([hidden])');
  }
});
document.addEventListener('click', async (event) => {
  const button = event.target.closest('.copy');
  if (!button) return;
  await navigator.clipboard.writeText(button.closest('figure').querySelector('code').textContent);
  const before = button.textContent;
  button.textContent = document.body.dataset.copied;
  setTimeout(() => { button.textContent = before; }, 1500);
});
`;
