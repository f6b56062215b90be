------------------------------- MODULE Ticket -------------------------------
\* The ticket lock of specs/classic/ticket.heddle.
EXTENDS Naturals
CONSTANT N
VARIABLES at, my, drawn, serving

Process == 1..N

Init == /\ at = [p \in Process |-> "ncs"]
        /\ my = [p \in Process |-> 0]
        /\ drawn = 0
        /\ serving = 0

Go(p, from, to) == /\ at[p] = from
                   /\ at' = [at EXCEPT ![p] = to]

Ncs(p) == /\ Go(p, "ncs", "spin")
          /\ my' = [my EXCEPT ![p] = drawn]
          /\ drawn' = (drawn + 1) % N
          /\ UNCHANGED serving
Spin(p) == /\ Go(p, "spin", "cs")
           /\ my[p] = serving
           /\ UNCHANGED <<my, drawn, serving>>
Cs(p) == /\ Go(p, "cs", "ncs")
         /\ serving' = (serving + 1) % N
         /\ my' = [my EXCEPT ![p] = 0]
         /\ UNCHANGED drawn

Next == \E p \in Process : Ncs(p) \/ Spin(p) \/ Cs(p)
Spec == Init /\ [][Next]_<<at, my, drawn, serving>>
Inv == \A i, j \in Process : at[i] = "cs" /\ at[j] = "cs" => i = j
=============================================================================
