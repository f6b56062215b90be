/* Two-phase commit as in specs/classic/twophase.heddle; -DN=8. Sets are bits of an int; counts of phases follow from the phases. */
#ifndef N
#define N 8
#endif
#define WORKING 0
#define PREPARING 1
#define COMMITTED 2
#define ABORTED 3
#define ME (1 << _pid)

byte phase[N];
bit decided, commit_sent, abort_sent;
short prepared_sent, prepared;
byte committed, aborted;

inline become(new) {
  committed = committed + (new == COMMITTED) - (phase[_pid] == COMMITTED);
  aborted = aborted + (new == ABORTED) - (phase[_pid] == ABORTED);
  phase[_pid] = new;
  assert(!(committed && aborted))
}

active [N] proctype resource() {
  do
  :: atomic { phase[_pid] == WORKING -> phase[_pid] = PREPARING; prepared_sent = prepared_sent | ME }
  :: atomic { phase[_pid] == WORKING -> become(ABORTED) }
  :: atomic { commit_sent -> become(COMMITTED) }
  :: atomic { abort_sent -> become(ABORTED) }
  /* The manager reads what this one has sent. */
  :: atomic { !decided && (prepared_sent & ME) -> prepared = prepared | ME }
  od
}

active proctype transaction() {
  do
  :: atomic { !decided && prepared == (1 << N) - 1 -> decided = 1; commit_sent = 1 }
  :: atomic { !decided -> decided = 1; abort_sent = 1 }
  od
}
