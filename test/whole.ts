/**
 * Whether everything is enumerated. The largest enumerations take minutes: without `WHOLE=1`, a part of each is looked at, which
 * is always the same, and says so in its name. Continuous integration looks at them whole.
 */
export const whole = process.env['WHOLE'] === '1'

/** In the names of tests: how much of it is looked at. */
export const partly = (part: string): string => (whole ? '' : ` (${part}; all with WHOLE=1)`)
