/**
 * Code with a little colour: keywords, strings, numbers, comments, and what was typed at a prompt.
 *
 * A lexer of a few patterns a language and no grammar: what it does not know stays plain, and the text is never changed.
 */

/** Text as it stands in HTML, also within an attribute. */
export const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

/** Whole words, and not where they name a property. */
const words = (list: string): string => `(?<![.\\w])(?:${list.split(' ').join('|')})\\b(?!:)`

const typescript = [
  ['comment', /\/\/[^\n]*|\/\*[\s\S]*?\*\//],
  ['string', /'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`/],
  ['keyword', new RegExp(words('import export from const let type interface if else return for of in as await async function new throw try catch extends readonly satisfies keyof typeof switch case default while undefined true false null void never'))],
  ['number', /\b\d[\d_]*(?:\.\d+)?\b/],
] as const

const json = [
  ['key', /"(?:[^"\\\n]|\\.)*"(?=\s*:)/],
  ['string', /"(?:[^"\\\n]|\\.)*"/],
  ['keyword', /\b(?:true|false|null)\b/],
  ['number', /-?\b\d+(?:\.\d+)?\b/],
] as const

const shell = [['comment', /(?<=^|\s)#[^\n]*/], ['string', /'[^'\n]*'|"[^"\n]*"/]] as const

const python = [
  ['comment', /#[^\n]*/],
  ['string', /"""[\s\S]*?"""|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"/],
  ['keyword', new RegExp(words('import from def return if elif else for in not and or while class try except raise with as lambda None True False is pass yield continue break'))],
  ['number', /\b\d+(?:\.\d+)?\b/],
] as const

const languages: Readonly<Record<string, ReadonlyArray<readonly [kind: string, pattern: RegExp]>>> = {
  ts: typescript, tsx: typescript, js: typescript, typescript, json, jsonl: json, sh: shell, shell, py: python, python,
}

const coloured = (text: string, language: string): string => {
  const kinds = languages[language]
  if (kinds === undefined) return escaped(text)
  const pattern = new RegExp(kinds.map(([kind, { source }]) => `(?<${kind}>${source})`).join('|'), 'gm')
  let html = ''
  let end = 0
  for (const match of text.matchAll(pattern)) {
    const kind = kinds.find(([name]) => match.groups?.[name] !== undefined)?.[0] ?? ''
    html += `${escaped(text.slice(end, match.index))}<span class="t-${kind}">${escaped(match[0])}</span>`
    end = match.index + match[0].length
  }
  return html + escaped(text.slice(end))
}

/** What is typed at the prompt stands out, what is answered is plain. */
const session = (text: string): string =>
  text.split('\n').map((line) => (line.startsWith('$ ') ? `<span class="t-prompt">$ </span><span class="t-typed">${escaped(line.slice(2))}</span>` : escaped(line))).join('\n')

/** The contents of a code block in HTML. */
export const highlighted = (text: string, language: string): string => (language === 'console' ? session(text) : coloured(text, language))
