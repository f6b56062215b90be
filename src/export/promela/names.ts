// Names in Promela: those of the spec where they can stand, otherwise changed so that one sees it.

/** Words of Promela, of C (variables become members of a C struct), and what the preprocessor may define. */
const TAKEN = `active assert atomic bit bool break byte c_code c_decl c_expr c_state c_track chan d_proctype D_proctype d_step do else empty
  enabled eval false fi for full get_priority goto hidden if in init inline int len local ltl mtype nempty never nfull notrace np_ od of pc_value pid
  priority printf printm proctype provided run select set_priority short show skip timeout trace true typedef unless unsigned xr xs
  always eventually until weakuntil stronguntil implies equivalent release next U V W X
  auto case char const continue default double enum extern float inline long register restrict return signed sizeof static struct switch union void
  volatile while asm typeof linux unix i386 null pc rests violated require taken slot due quiet took fair over WAITS broken now main NULL EOF stdin stdout stderr`.split(/\s+/);

/** Gives each thing a name of its own. */
export class Names {
  private readonly taken = new Set(TAKEN);

  /** The wish, made of letters, digits and _, or the wish with a number behind it. */
  fresh(wish: string): string {
    const plain = wish.replace(/\W+/g, '_').replace(/^(?=[\d_])/, 'x');
    for (let i = 1; ; i++) {
      const name = i === 1 ? plain : `${plain}_${i}`;
      if (this.taken.has(name)) continue;
      this.taken.add(name);
      return name;
    }
  }
}
