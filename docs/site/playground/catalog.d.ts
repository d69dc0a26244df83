/** The cases of the repository that can be opened, put together when the site is built. */
declare module 'catalog' {
  /** One case log. */
  export interface Specimen {
    readonly name: string
    readonly title: string
    readonly text: string
  }
  /** Cases of one kind. */
  export interface Shelf {
    readonly name: string
    /** What is to be known of each of them, in a sentence. */
    readonly about: string
    readonly specimens: ReadonlyArray<Specimen>
  }
  export const shelves: ReadonlyArray<Shelf>
}
