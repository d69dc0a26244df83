/**
 * Light or dark: what was chosen on any page of the site, or what the system has. The choice is kept where the other pages
 * of the site keep theirs, and stands on the root of the page before anything is painted.
 */

/** What was chosen: a theme, or the system's. */
export type Theme = 'system' | 'light' | 'dark'

/** The theme that stands on the root of the page. */
export const theme = (): Theme => {
  const { theme: chosen } = document.documentElement.dataset
  return chosen === 'light' || chosen === 'dark' ? chosen : 'system'
}

const told = new Set<(theme: Theme) => void>()

/** Calls back whenever another theme is chosen; gives what ends that. */
export const onTheme = (tell: (theme: Theme) => void): (() => void) => {
  told.add(tell)
  return () => { told.delete(tell) }
}

const keep = (chosen: Theme): void => {
  try {
    if (chosen === 'system') localStorage.removeItem('theme')
    else localStorage.setItem('theme', chosen)
  } catch {
    // Who has forbidden the page to keep anything chooses for this visit only.
  }
}

/** Has a select choose the theme. */
export const chooseWith = (select: HTMLSelectElement): void => {
  select.value = theme()
  select.addEventListener('change', () => {
    const chosen: Theme = select.value === 'light' || select.value === 'dark' ? select.value : 'system'
    if (chosen === 'system') delete document.documentElement.dataset['theme']
    else document.documentElement.dataset['theme'] = chosen
    keep(chosen)
    for (const tell of told) tell(chosen)
  })
}
