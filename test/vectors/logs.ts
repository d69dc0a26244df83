/** Logs for the requirements, a conforming and a violating one each, from test/spec/requirement-logs.ts. */
import { requirementLogs } from '../spec/requirement-logs.js'

export const logs = (): object => ({
  vectors: 1, kind: 'logs', level: 'L3', protocol: 'adopted@1', title: 'For the requirements that a log can show, a log that keeps them and one that does not',
  logs: requirementLogs.map(({ id, requirements, level, as, world, conforming, violating, blames, why, unavoidable }) => ({
    id, requirements, level, ...(as === undefined ? {} : { as }), world, conforming, ...(violating === undefined ? {} : { violating }), ...(blames === undefined ? {} : { blames }),
    why, ...(unavoidable === undefined ? {} : { unavoidable }),
  })),
})
