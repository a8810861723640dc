const KEPT = 'talkturo.theme';
type Theme = 'light' | 'dark';

const wanted = (): Theme => {
  const kept = localStorage.getItem(KEPT);
  if (kept === 'light' || kept === 'dark') return kept;
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
};

/** Puts the chosen theme, or the system's, on the page. */
export function applyTheme(): void {
  document.documentElement.dataset.theme = wanted();
}

export function toggleTheme(): void {
  localStorage.setItem(KEPT, wanted() === 'dark' ? 'light' : 'dark');
  applyTheme();
}
