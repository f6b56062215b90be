/* The ticket lock of specs/classic/ticket.heddle; -DN=8. */
#ifndef N
#define N 8
#endif
byte drawn, serving;
byte inside;     /* how many are at cs: follows from where the processes stand */

active [N] proctype p() {
  byte my = 0;
ncs:
  atomic { my = drawn; drawn = (drawn + 1) % N }
spin:
  atomic { my == serving -> inside++; assert(inside == 1) }
cs:
  atomic { inside--; serving = (serving + 1) % N; my = 0; goto ncs }
}
