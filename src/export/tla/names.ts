// Names in TLA+. A name may be declared once in a module, bound names included, so every name is one of its own.

/** Words of TLA+, and what the standard modules define that exported modules extend. */
const TAKEN = `ASSUME ASSUMPTION AXIOM CASE CHOOSE CONSTANT CONSTANTS CORE DOMAIN ELSE ENABLED EXCEPT EXTENDS IF IN INSTANCE LAMBDA LET LOCAL MODULE NEW OTHER
  PROOF PROVE RECURSIVE SF_ STATE SUBSET SUFFICES TAKE TEMPORAL THEN THEOREM UNCHANGED UNION USE VARIABLE VARIABLES WF_ WITH WITNESS ACTION BY DEF DEFINE DEFS
  HAVE HIDE LEMMA OBVIOUS OMITTED ONLY PICK PROPOSITION QED TRUE FALSE BOOLEAN STRING Nat Int Real Seq Len Append Head Tail SubSeq SelectSeq Cardinality
  IsFiniteSet NULL Init Next Spec vars TypeOK Terminating Failing Min Max Quotient Remainder Fairness self
  a_ b_ k_ n_ o_ p_ x_ y_ S_ T_ ${Array.from({ length: 8 }, (_, i) => `r${i}_ g${i}_ k${i}_`).join(' ')}`.split(/\s+/);

export class TlaNames {
  private readonly taken = new Set(TAKEN);
  /** Bound somewhere, and so no name for the module to declare later. */
  private readonly bounds = new Set<string>();

  /** The wish where it can stand, else with an underscore and perhaps a number behind it. */
  fresh(wish: string): string {
    const plain = wish.replace(/\W+/g, '_').replace(/^(?=\d|_|WF_|SF_)/, 'x');
    for (let i = 0; ; i++) {
      const name = i === 0 ? plain : i === 1 ? `${plain}_` : `${plain}_${i}`;
      if (this.taken.has(name) || this.bounds.has(name)) continue;
      this.taken.add(name);
      return name;
    }
  }

  /** A bound name lives in its scope only, but may not be one that the module declares. */
  bound(wish: string, outer: ReadonlySet<string>): string {
    const plain = wish.replace(/\W+/g, '_').replace(/^(?=\d|_|WF_|SF_)/, 'x');
    for (let i = 0; ; i++) {
      const name = i === 0 ? plain : i === 1 ? `${plain}_` : `${plain}_${i}`;
      if (this.taken.has(name) || outer.has(name)) continue;
      this.bounds.add(name);
      return name;
    }
  }
}
