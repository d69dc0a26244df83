/**
 * All crosswalk rows, by standard, and the way back from the protocol to them.
 *
 * @module
 */
import { cra14 } from './cra14.js'
import { iso29147 } from './iso29147.js'
import { iso30111 } from './iso30111.js'
import { iso5895 } from './iso5895.js'
import type { CrosswalkRow, Standard } from './row.js'

/** The rows of each standard, in the order of its clauses. */
export const crosswalks: Readonly<Record<Standard, ReadonlyArray<CrosswalkRow>>> = {
  'iso-30111': iso30111, 'iso-29147': iso29147, 'iso-tr-5895': iso5895, 'cra-14': cra14,
}

/** What each sheet is on: its title, and the page that the rows come from. */
export const standardTitles: Readonly<Record<Standard, { readonly title: string; readonly about: string; readonly source: string }>> = {
  'iso-30111': {
    title: 'ISO/IEC 30111:2019', about: 'vulnerability handling processes',
    source: 'https://github.com/CERTCC/Vultron/blob/main/docs/reference/iso_crosswalks/iso_30111_2019.md',
  },
  'iso-29147': {
    title: 'ISO/IEC 29147:2018', about: 'vulnerability disclosure',
    source: 'https://github.com/CERTCC/Vultron/blob/main/docs/reference/iso_crosswalks/iso_29147_2018.md',
  },
  'iso-tr-5895': {
    title: 'ISO/IEC TR 5895:2022', about: 'multi-party coordinated vulnerability disclosure',
    source: 'https://github.com/CERTCC/Vultron/blob/main/docs/reference/iso_crosswalks/iso_5895_2022.md',
  },
  'cra-14': {
    title: 'EU Cyber Resilience Act, Article 14(2)', about: 'notices on an actively exploited vulnerability',
    source: 'https://eur-lex.europa.eu/eli/reg/2024/2847/oj',
  },
}

/** The rows to which an element of the protocol belongs: a message type (`CP`), an edge (`S –r→ R`) or a behaviour (`BT-04`). */
export const rowsWith = (element: string): ReadonlyArray<CrosswalkRow> =>
  Object.values(crosswalks).flat().filter((row) => row.elements.includes(element) || row.behaviours.includes(element))
