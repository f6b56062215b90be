/* The philosophers of specs/classic/phil.heddle; -DN=10. Run with -E: the deadlock is known. */
#ifndef N
#define N 10
#endif
#define MINE _pid
#define NEXT ((_pid + 1) % N)
bit taken[N];
bit eats[N];     /* who is at eat: follows from where the processes stand */

active [N] proctype philosopher() {
think:
  skip;
hungry:
  atomic { !taken[MINE] -> taken[MINE] = 1 }
left:
  atomic { !taken[NEXT] -> taken[NEXT] = 1; eats[_pid] = 1; assert(!eats[NEXT] && !eats[(_pid + N - 1) % N]) }
eat:
  atomic { taken[MINE] = 0; eats[_pid] = 0 }
drop:
  atomic { taken[NEXT] = 0; goto think }
}
