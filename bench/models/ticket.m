-- The ticket lock of specs/classic/ticket.heddle.
const
  N: 8;
type
  Process: 1..N;
  Number: 0..N - 1;
  Place: enum { ncs, spin, cs };
var
  at: array [Process] of Place;
  my: array [Process] of Number;
  drawn: Number;
  serving: Number;

startstate begin
  for p: Process do at[p] := ncs; my[p] := 0; end;
  drawn := 0;
  serving := 0;
end;

ruleset p: Process do
  rule "ncs" at[p] = ncs ==> begin my[p] := drawn; drawn := (drawn + 1) % N; at[p] := spin; end;
  rule "spin" at[p] = spin & my[p] = serving ==> begin at[p] := cs; end;
  rule "cs" at[p] = cs ==> begin serving := (serving + 1) % N; my[p] := 0; at[p] := ncs; end;
end;

invariant "mutual exclusion" forall i: Process do forall j: Process do at[i] = cs & at[j] = cs -> i = j end end;
