/* The bounded buffer of specs/classic/buffer.heddle with two values; -DP=3 -DC=3 -DK=6. */
#ifndef P
#define P 2
#endif
#ifndef C
#define C 2
#endif
#ifndef K
#define K 3
#endif
chan buf = [K] of { byte };
byte mutex;      /* 0: free, else who holds it, from 1 */
byte inside;     /* how many are between lock and rel: follows from where the processes stand */

#define TAKE atomic { mutex == 0 -> mutex = _pid + 1; inside++; assert(inside == 1) }
#define GIVE mutex = 0; inside--

active [P] proctype producer() {
  byte item = 0;
idle:
  if
  :: item = 1
  :: item = 2
  fi;
lock:
  TAKE;
crit:
  if
  :: atomic { full(buf) -> GIVE; goto lock }
  :: atomic { nfull(buf) -> buf!item; item = 0 }
  fi;
rel:
  atomic { GIVE; goto idle }
}

active [C] proctype consumer() {
  byte item = 0;
idle:
  skip;
lock:
  TAKE;
crit:
  if
  :: atomic { empty(buf) -> GIVE; goto lock }
  :: atomic { nempty(buf) -> buf?item }
  fi;
rel:
  atomic { GIVE };
use:
  atomic { assert(item != 0); item = 0; goto idle }
}
