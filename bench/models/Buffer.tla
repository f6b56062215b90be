------------------------------- MODULE Buffer -------------------------------
\* The bounded buffer of specs/classic/buffer.heddle with two values.
EXTENDS Naturals, Sequences
CONSTANTS P, C, K
VARIABLES at, item, buf, mutex

Producer == 1..P
Consumer == P+1..P+C
Party == 1..P+C

Init == /\ at = [i \in Party |-> "idle"]
        /\ item = [i \in Party |-> 0]
        /\ buf = <<>>
        /\ mutex = 0

Go(i, from, to) == /\ at[i] = from
                   /\ at' = [at EXCEPT ![i] = to]
Hold(i, v) == item' = [item EXCEPT ![i] = v]

Lock(i) == /\ Go(i, "lock", "crit")
           /\ mutex = 0
           /\ mutex' = i
           /\ UNCHANGED <<item, buf>>
GiveBack(i) == /\ Go(i, "crit", "lock")
               /\ Len(buf) = IF i \in Producer THEN K ELSE 0
               /\ mutex' = 0
               /\ UNCHANGED <<item, buf>>
Release(i) == /\ Go(i, "rel", IF i \in Producer THEN "idle" ELSE "use")
              /\ mutex' = 0
              /\ UNCHANGED <<item, buf>>
Produce(i) == /\ Go(i, "idle", "lock")
              /\ \E v \in 1..2 : Hold(i, v)
              /\ UNCHANGED <<buf, mutex>>
Put(i) == /\ Go(i, "crit", "rel")
          /\ Len(buf) < K
          /\ buf' = Append(buf, item[i])
          /\ Hold(i, 0)
          /\ UNCHANGED mutex
Begin(i) == /\ Go(i, "idle", "lock")
            /\ UNCHANGED <<item, buf, mutex>>
Take(i) == /\ Go(i, "crit", "rel")
           /\ Len(buf) > 0
           /\ Hold(i, Head(buf))
           /\ buf' = Tail(buf)
           /\ UNCHANGED mutex
Use(i) == /\ Go(i, "use", "idle")
          /\ Hold(i, 0)
          /\ UNCHANGED <<buf, mutex>>

Next == \/ \E i \in Party : Lock(i) \/ GiveBack(i) \/ Release(i)
        \/ \E i \in Producer : Produce(i) \/ Put(i)
        \/ \E i \in Consumer : Begin(i) \/ Take(i) \/ Use(i)
Spec == Init /\ [][Next]_<<at, item, buf, mutex>>
Inside(i) == at[i] \in {"crit", "rel"}
Inv == /\ \A i, j \in Party : Inside(i) /\ Inside(j) => i = j
       /\ \A i \in Consumer : at[i] = "use" => item[i] # 0
=============================================================================
