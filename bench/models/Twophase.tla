------------------------------ MODULE Twophase ------------------------------
\* Two-phase commit as in specs/classic/twophase.heddle.
EXTENDS Naturals
CONSTANT N
VARIABLES phase, messages, prepared, decided

Manager == 1..N
vars == <<phase, messages, prepared, decided>>

Init == /\ phase = [r \in Manager |-> "working"]
        /\ messages = {}
        /\ prepared = {}
        /\ decided = FALSE

Become(r, to) == phase' = [phase EXCEPT ![r] = to]
Send(m) == messages' = messages \cup {m}

Prepare(r) == /\ phase[r] = "working"
              /\ Become(r, "preparing")
              /\ Send([kind |-> "prepared", from |-> r])
              /\ UNCHANGED <<prepared, decided>>
GiveUp(r) == /\ phase[r] = "working"
             /\ Become(r, "aborted")
             /\ UNCHANGED <<messages, prepared, decided>>
Told(r, kind, to) == /\ [kind |-> kind, from |-> 0] \in messages
                     /\ Become(r, to)
                     /\ UNCHANGED <<messages, prepared, decided>>
Hear(r) == /\ ~decided
           /\ [kind |-> "prepared", from |-> r] \in messages
           /\ prepared' = prepared \cup {r}
           /\ UNCHANGED <<phase, messages, decided>>
Decide(kind) == /\ ~decided
                /\ decided' = TRUE
                /\ Send([kind |-> kind, from |-> 0])
                /\ UNCHANGED <<phase, prepared>>

Next == \/ \E r \in Manager : \/ Prepare(r) \/ GiveUp(r) \/ Hear(r)
                              \/ Told(r, "commit", "committed") \/ Told(r, "abort", "aborted")
        \/ prepared = Manager /\ Decide("commit")
        \/ Decide("abort")
Spec == Init /\ [][Next]_vars
Inv == \A a, b \in Manager : ~(phase[a] = "aborted" /\ phase[b] = "committed")
=============================================================================
