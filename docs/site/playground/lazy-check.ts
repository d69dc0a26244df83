/** What the playground uses of the checker, as a piece of its own: a dynamic import of the whole entry would carry all of it. */
export { checkText, describeBreach } from 'mpcvd/conformance'
