/** What the playground uses of the codec, as a piece of its own: a dynamic import of the whole entry would carry all of it. */
export { decodeEntry, decodeHeader, decodeLog, encodeLog } from 'mpcvd/codec'
