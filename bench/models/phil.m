-- The philosophers of specs/classic/phil.heddle.
const
  N: 10;
type
  Seat: 0..N - 1;
  Place: enum { think, hungry, left, eat, drop };
var
  at: array [Seat] of Place;
  taken: array [Seat] of boolean;

startstate begin
  for i: Seat do at[i] := think; taken[i] := false; end;
end;

ruleset i: Seat do
  rule "think" at[i] = think ==> begin at[i] := hungry; end;
  rule "hungry" at[i] = hungry & !taken[i] ==> begin taken[i] := true; at[i] := left; end;
  rule "left" at[i] = left & !taken[(i + 1) % N] ==> begin taken[(i + 1) % N] := true; at[i] := eat; end;
  rule "eat" at[i] = eat ==> begin taken[i] := false; at[i] := drop; end;
  rule "drop" at[i] = drop ==> begin taken[(i + 1) % N] := false; at[i] := think; end;
end;

invariant "neighbours" forall i: Seat do !(at[i] = eat & at[(i + 1) % N] = eat) end;
