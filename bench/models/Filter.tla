------------------------------- MODULE Filter -------------------------------
\* The filter lock of specs/classic/filter.heddle.
EXTENDS Naturals
CONSTANT N
VARIABLES at, l, level, victim

Process == 1..N

Init == /\ at = [p \in Process |-> "ncs"]
        /\ l = [p \in Process |-> 0]
        /\ level = [p \in Process |-> 0]
        /\ victim = [k \in 1..N-1 |-> 1]

Go(p, from, to) == /\ at[p] = from
                   /\ at' = [at EXCEPT ![p] = to]

Ncs(p) == /\ Go(p, "ncs", "set")
          /\ l' = [l EXCEPT ![p] = 1]
          /\ UNCHANGED <<level, victim>>
Set(p) == /\ Go(p, "set", "vic")
          /\ level' = [level EXCEPT ![p] = l[p]]
          /\ UNCHANGED <<l, victim>>
Vic(p) == /\ Go(p, "vic", "wait")
          /\ victim' = [victim EXCEPT ![l[p]] = p]
          /\ UNCHANGED <<l, level>>
Wait(p) == /\ Go(p, "wait", IF l[p] < N - 1 THEN "set" ELSE "cs")
           /\ (victim[l[p]] # p \/ \A k \in Process \ {p} : level[k] < l[p]) = TRUE
           /\ l' = IF l[p] < N - 1 THEN [l EXCEPT ![p] = @ + 1] ELSE l
           /\ UNCHANGED <<level, victim>>
Cs(p) == /\ Go(p, "cs", "ncs")
         /\ level' = [level EXCEPT ![p] = 0]
         /\ l' = [l EXCEPT ![p] = 0]
         /\ UNCHANGED victim

Step(p) == Ncs(p) \/ Set(p) \/ Vic(p) \/ Wait(p) \/ Cs(p)
Next == \E p \in Process : Step(p)
Spec == Init /\ [][Next]_<<at, l, level, victim>>
FairSpec == Spec /\ \A p \in Process : WF_<<at, l, level, victim>>(Step(p))
Enters == \A p \in Process : at[p] = "set" ~> at[p] = "cs"
Inv == \A i, j \in Process : at[i] = "cs" /\ at[j] = "cs" => i = j
=============================================================================
