-------------------------------- MODULE Phil --------------------------------
\* The philosophers of specs/classic/phil.heddle. Run with -deadlock: the deadlock is known.
EXTENDS Naturals
CONSTANT N
VARIABLES at, taken

Seat == 0..N-1
Right(i) == (i + 1) % N

Init == /\ at = [i \in Seat |-> "think"]
        /\ taken = [i \in Seat |-> FALSE]

Go(i, from, to) == /\ at[i] = from
                   /\ at' = [at EXCEPT ![i] = to]
Take(k) == /\ ~taken[k]
           /\ taken' = [taken EXCEPT ![k] = TRUE]
Drop(k) == taken' = [taken EXCEPT ![k] = FALSE]

Next == \E i \in Seat : \/ Go(i, "think", "hungry") /\ UNCHANGED taken
                        \/ Go(i, "hungry", "left") /\ Take(i)
                        \/ Go(i, "left", "eat") /\ Take(Right(i))
                        \/ Go(i, "eat", "drop") /\ Drop(i)
                        \/ Go(i, "drop", "think") /\ Drop(Right(i))
Spec == Init /\ [][Next]_<<at, taken>>
Inv == \A i \in Seat : ~(at[i] = "eat" /\ at[Right(i)] = "eat")
=============================================================================
