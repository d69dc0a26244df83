/** The landing page's question to `transition`, asked anew whenever a choice changes. The library runs in the browser. */
import { answerTo, caseStateFor, caseStatesOf, firstQuestion, type Question } from '../answer.js'

const form = document.querySelector<HTMLFormElement>('#demo')
const answer = document.querySelector<HTMLElement>('#demo-answer')
const take = document.querySelector<HTMLButtonElement>('#demo-take')
const again = document.querySelector<HTMLButtonElement>('#demo-again')

const choice = (name: string): HTMLSelectElement | undefined => {
  const found = form?.elements.namedItem(name)
  return found instanceof HTMLSelectElement ? found : undefined
}

const asked = (): Question => ({
  role: (choice('role')?.value ?? firstQuestion.role) as Question['role'],
  rm: choice('rm')?.value ?? firstQuestion.rm,
  em: choice('em')?.value ?? firstQuestion.em,
  cs: choice('cs')?.value ?? firstQuestion.cs,
  way: (choice('way')?.value ?? firstQuestion.way) as Question['way'],
  type: (choice('type')?.value ?? firstQuestion.type) as Question['type'],
})

const show = (): void => {
  const { html, after } = answerTo(asked())
  if (answer !== null) answer.innerHTML = html
  if (take !== null) take.disabled = after === undefined
}

const choose = (values: Readonly<Record<string, string>>): void => {
  for (const [name, value] of Object.entries(values)) {
    const select = choice(name)
    if (select !== undefined) select.value = value
  }
}

/** A role decides which letters the case state has; the letters that stay keep their case. */
const reshaped = (): void => {
  const select = choice('cs')
  if (select === undefined) return
  const kept = caseStateFor(asked().role, select.value)
  select.replaceChildren(...caseStatesOf(asked().role).map((state) => new Option(state, state)))
  select.value = kept
}

form?.addEventListener('submit', (event) => { event.preventDefault() })
form?.addEventListener('change', (event) => {
  if (event.target === choice('role')) reshaped()
  show()
})
take?.addEventListener('click', () => {
  const { after } = answerTo(asked())
  if (after !== undefined) choose(after)
  show()
})
again?.addEventListener('click', () => {
  choose({ role: firstQuestion.role })
  reshaped()
  choose({ ...firstQuestion })
  show()
})
// A browser that comes back to the page may have kept earlier choices.
choose({ role: choice('role')?.value ?? firstQuestion.role })
show()
