/* The filter lock of specs/classic/filter.heddle, one statement a step; -DN=5. */
#ifndef N
#define N 5
#endif
byte level[N];   /* of each process */
byte victim[N];  /* of levels 1 to N-1; element 0 is not used */
byte inside;     /* how many are at cs: follows from where the processes stand */

#define BEHIND(k) (k == _pid || level[k] < l)
#if N > 3
#define BEHIND3 && BEHIND(3)
#else
#define BEHIND3
#endif
#if N > 4
#define BEHIND4 && BEHIND(4)
#else
#define BEHIND4
#endif
#if N > 5
#define BEHIND5 && BEHIND(5)
#else
#define BEHIND5
#endif

active [N] proctype p() {
  byte l = 0;
ncs:
  l = 1;
set:
  level[_pid] = l;
vic:
  victim[l] = _pid;
wait:
  atomic {
    victim[l] != _pid || (BEHIND(0) && BEHIND(1) && BEHIND(2) BEHIND3 BEHIND4 BEHIND5);
    if
    :: l < N - 1 -> l++; goto set
    :: else -> inside++; assert(inside == 1)
    fi
  }
cs:
  atomic { level[_pid] = 0; l = 0; inside--; goto ncs }
}
#ifdef LIVE
/* Whoever wants to enter does; for one process, which is what Spin can do in this time. */
ltl enters { [] (p[1]@set -> <> p[1]@cs) }
#endif
