--------------------------------- MODULE long ---------------------------------
\* Written by Heddle 0.1.0 from /tmp/exp/long.heddle, check default.
EXTENDS Integers

VARIABLES
  a,   \* [0..99 -> 0..3]
  b,   \* [0..99 -> 0..3]
  pc,  \* where p stands
  i    \* 0..99, local to p

vars == <<a, b, pc, i>>

TypeOK ==
  /\ a \in [0..99 -> 0..3]
  /\ b \in [0..99 -> 0..3]
  /\ pc \in {"p:5", "p:5_2", "p:6", "p:7"}
  /\ i \in 0..99

Init ==
  /\ a = [k_ \in 0..99 |-> 0]
  /\ b = [k_ \in 0..99 |-> 0]
  /\ pc = "p:5"
  /\ i = 0

\* /tmp/exp/long.heddle:5  with i in 0..99 { await a[i] == 0  a[i] := 1 }
p_5 ==
  /\ pc = "p:5"
  /\ \E i_ \in (0..99) :
        /\ a[i_] = 0
        /\ i' = i_
        /\ pc' = "p:5_2"
        /\ UNCHANGED <<a, b>>

\* /tmp/exp/long.heddle:5  a[i] := 1
p_5_2 ==
  /\ pc = "p:5_2"
  /\ a' = [a EXCEPT ![i] = 1]
  /\ i' = 0
  /\ pc' = "p:6"
  /\ UNCHANGED b

\* /tmp/exp/long.heddle:6  b := a
p_6 ==
  /\ pc = "p:6"
  /\ b' = a
  /\ pc' = "p:7"
  /\ UNCHANGED <<a, i>>

\* /tmp/exp/long.heddle:7  a := [k in 0..99 -> 0]
p_7 ==
  /\ pc = "p:7"
  /\ a' = [k \in 0..99 |-> 0]
  /\ pc' = "p:5"
  /\ UNCHANGED <<b, i>>

p == p_5 \/ p_5_2 \/ p_6 \/ p_7

Next == p

Spec ==
  /\ Init
  /\ [][Next]_vars
  /\ WF_vars(p)

Same == [](<>(a = b))

Other == [](a # b => <>(a = b))

===============================================================================
