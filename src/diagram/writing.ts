/**
 * How text that strangers wrote gets into a picture: made visible, measured, cut, escaped, and never markup.
 *
 * Fonts are not known here, so widths are estimates, on the generous side; a drawing leaves room accordingly.
 *
 * @module
 */

/** What moves a cursor, breaks a line, turns the direction of writing, or is no character at all. */
const UNSEEN = /[\u0000-\u001f\u007f-\u009f\u200b\u2028\u2029\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff]/g

/** Text on one line, with everything visible that would not be seen or would change how its surroundings read (`\u000a`), and U+FFFD for each unpaired surrogate. */
export const visible = (text: string): string =>
  text.toWellFormed().replace(UNSEEN, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)

const isCombining = (point: number): boolean =>
  (point >= 0x300 && point <= 0x36f) || (point >= 0x1ab0 && point <= 0x1aff) || (point >= 0x20d0 && point <= 0x20ff) || (point >= 0xfe00 && point <= 0xfe0f)

const isWide = (point: number): boolean =>
  (point >= 0x1100 && point <= 0x115f) || (point >= 0x2e80 && point <= 0xa4cf) || (point >= 0xac00 && point <= 0xd7a3) ||
  (point >= 0xf900 && point <= 0xfaff) || (point >= 0xfe30 && point <= 0xfe6f) || (point >= 0xff00 && point <= 0xff60) ||
  (point >= 0x1f300 && point <= 0x1faff) || (point >= 0x20000 && point <= 0x3fffd)

/** How many cells of a terminal a text fills. */
export const cells = (text: string): number => {
  let count = 0
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0
    count += isCombining(point) ? 0 : isWide(point) ? 2 : 1
  }
  return count
}

/** A text and as many spaces as fill a column. */
export const padded = (text: string, width: number): string => text + ' '.repeat(Math.max(0, width - cells(text)))

const emOf = (character: string): number =>
  'ijlI.,:;|!\' '.includes(character) ? 0.3 : 'mwMW@%'.includes(character) ? 0.9 : /[A-Z]/.test(character) ? 0.68 : /[\u0020-\u024f]/.test(character) ? 0.56 : 1

/** About how wide a text is at a font size; of one that is too long for any drawing, only about how long. */
export const widthOf = (text: string, size: number): number => {
  if (text.length > 1000) return text.length * size * 0.56
  let width = 0
  for (const character of text) width += emOf(character)
  return width * size
}

/** A text cut so that it is about as wide as `room`, with an ellipsis in place of what is missing. */
export const cut = (text: string, size: number, room: number): string => {
  if (widthOf(text, size) <= room) return text
  let kept = ''
  let width = 0.7 * size
  for (const character of text) {
    width += emOf(character) * size
    if (width > room) break
    kept += character
  }
  return `${kept.trimEnd()}…`
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/** Text as it stands in XML, between tags or in an attribute. */
export const xml = (text: string): string => visible(text).replace(/[&<>"']/g, (character) => entities[character] ?? '')

/** A number with at most one decimal place; what is no number is 0. */
const figure = (value: number): string => (Number.isFinite(value) ? String(Math.round(value * 10) / 10 + 0) : '0')

/** A class of ours, which no style of the page around means. */
export const ours = (name: string): string => `mpcvd-${name}`

/** An element. Attributes are escaped, those that are `undefined` left out, and classes made ours; children are markup already. */
export const element = (
  name: string,
  attributes: Readonly<Record<string, string | number | undefined>>,
  ...children: ReadonlyArray<string>
): string => {
  let tag = `<${name}`
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined || value === '') continue
    const text = key === 'class' ? String(value).split(' ').filter((one) => one !== '').map(ours).join(' ') : value
    tag += ` ${key}="${typeof text === 'number' ? figure(text) : xml(text)}"`
  }
  return children.length === 0 ? `${tag}/>` : `${tag}>${children.join('')}</${name}>`
}

/** A line of text, cut to `room`; the whole of it is the tooltip where it was cut. */
export const line = (className: string, x: number, y: number, text: string, size = 10, room = Infinity): string => {
  const whole = visible(text)
  const shown = cut(whole, size, room)
  return element('text', { class: className, x, y }, xml(shown), ...(shown === whole ? [] : [element('title', {}, xml(whole))]))
}

/** A moment as two short lines: the day, and the time or how long the day may have been. */
export interface When {
  readonly day: string
  readonly time: string
}

const FORM = /^(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d)[\d:.]*(Z|[+-]\d\d:\d\d))?$/

/** A moment, split, in the zone in which it was written. A zone other than UTC is said; what has not the form of a moment stands as the day. */
export const whenOf = (moment: string): When => {
  const [first = '', last = first] = moment.split('/')
  const [, day, time, zone] = FORM.exec(first) ?? []
  const [, lastDay, lastTime] = FORM.exec(last) ?? []
  if (day === undefined || lastDay === undefined) return { day: moment, time: '' }
  if (lastDay !== day) return { day, time: `to ${lastDay.slice(0, 4) === day.slice(0, 4) ? lastDay.slice(5) : lastDay}` }
  if (time === undefined) return { day, time: '' }
  return { day, time: `${time}${lastTime === undefined || lastTime === time ? '' : `–${lastTime}`}${zone === 'Z' ? '' : ` ${zone ?? ''}`}` }
}
