/** An entry of the search: what it is called, where it is from the root of the site, and on which page or of what kind. */
export type Found = readonly [text: string, href: string, page: string]
