/** What the playground uses of the crosswalk, as a piece of its own: a dynamic import of the whole entry would carry all of it. */
export { drawingsOf, evidence, evidencePage } from 'mpcvd/crosswalk'
