/**
 * OSV: records of vulnerabilities in open source packages.
 *
 * A record is what a database says, so all of it is observed. Its dates are those of the record: what it tells of had
 * happened by then. Some exporters print an empty date as the first second of year 1.
 *
 * Source: the OSV schema 1.x; records of golang/vulndb.
 *
 * @module
 */
import type { Bridge } from './row.js'

/** OSV records, as snapshots. */
export const osv: Bridge = {
  name: 'osv', source: 'OSV schema 1.x', read: 'first-hand',
  id: ['id'], changed: ['modified'], title: ['summary'], vulnerabilities: ['aliases.*', 'upstream.*'],
  rows: [
    { id: 'fixed', when: [{ path: 'affected.*.ranges.*.events.*.fixed', was: 'nothing', is: 'something' }], speaker: 'observer', about: 'vendor', says: [['CF']], quality: 'lossy', note: 'A version has the fix; the record does not say since when, nor whether all branches have it.' },
    { id: 'published', when: [{ path: 'published', was: 'nothing', is: 'something' }, { path: 'withdrawn', is: 'nothing' }], speaker: 'observer', says: [['CP']], at: ['published'], quality: 'lossy', note: 'The record is public, so the vulnerability is, at the latest since then.' },
    { id: 'withdrawn', when: [{ path: 'withdrawn', was: 'nothing', is: 'something' }], speaker: 'observer', says: [['GI']], undone: 'The record was withdrawn. What is public stays public.', at: ['withdrawn'], quality: 'lossy', note: 'A database took its record back.' },
  ],
}
