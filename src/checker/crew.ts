// Workers that share the search.

export interface Crew {
  /** The searching thread included. */
  readonly workers: number;
}
