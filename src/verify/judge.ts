/**
 * Judging states by what a property looks at.
 *
 * A property looks at little of each participant, and there are few combinations of that; so each is judged once, and states
 * are only looked up.
 *
 * @module
 */
import type { View } from './property.js'
import type { System } from './system.js'

/** The most looks of one participant for which a combination is one number; beyond, it is a string. */
const LOOKS = 4096
const MOST_IN_A_NUMBER = 4

/** Whether something is so of a state, by its participants' views. */
export const judging = (system: System, looks: (view: View) => string, judge: (views: ReadonlyArray<View>) => boolean): ((state: Int32Array) => boolean) => {
  const count = system.conducts.length
  const numbers = system.conducts.map(() => new Map<string, number>())
  const classes = system.conducts.map((): number[] => [])
  const verdicts = new Map<number | string, boolean>()
  const classOf = (place: number, configuration: number): number => {
    const known = classes[place]?.[configuration]
    if (known !== undefined) return known
    const seen = numbers[place] ?? new Map<string, number>()
    const look = looks(system.view(place, configuration))
    const number = seen.get(look) ?? seen.size
    seen.set(look, number)
    const row = classes[place]
    if (row !== undefined) row[configuration] = number
    return number
  }
  const inNumber = (state: Int32Array): number | undefined => {
    let key = 0
    for (let place = 0; place < count; place++) {
      const number = classOf(place, state[place] ?? 0)
      if (number >= LOOKS) return undefined
      key = key * LOOKS + number
    }
    return key
  }
  const inWords = (state: Int32Array): string => classes.map((_, place) => classOf(place, state[place] ?? 0)).join()
  return (state) => {
    const key = (count <= MOST_IN_A_NUMBER ? inNumber(state) : undefined) ?? inWords(state)
    const known = verdicts.get(key)
    if (known !== undefined) return known
    const verdict = judge(classes.map((_, place) => system.view(place, state[place] ?? 0)))
    verdicts.set(key, verdict)
    return verdict
  }
}
