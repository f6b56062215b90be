-- The filter lock of specs/classic/filter.heddle.
const
  N: 5;
type
  Process: 1..N;
  Level: 0..N - 1;
  Place: enum { ncs, set, vic, wait, cs };
var
  at: array [Process] of Place;
  wanted: array [Process] of Level;
  level: array [Process] of Level;
  victim: array [1..N - 1] of Process;

startstate begin
  for p: Process do at[p] := ncs; wanted[p] := 0; level[p] := 0; end;
  for l: 1..N - 1 do victim[l] := 1; end;
end;

ruleset p: Process do
  rule "ncs" at[p] = ncs ==> begin wanted[p] := 1; at[p] := set; end;
  rule "set" at[p] = set ==> begin level[p] := wanted[p]; at[p] := vic; end;
  rule "vic" at[p] = vic ==> begin victim[wanted[p]] := p; at[p] := wait; end;
  rule "wait" at[p] = wait & (victim[wanted[p]] != p | forall k: Process do k != p -> level[k] < wanted[p] end) ==>
  begin
    if wanted[p] < N - 1 then
      wanted[p] := wanted[p] + 1;
      at[p] := set;
    else
      at[p] := cs;
    end;
  end;
  rule "cs" at[p] = cs ==> begin level[p] := 0; wanted[p] := 0; at[p] := ncs; end;
end;

invariant "mutual exclusion" forall i: Process do forall j: Process do at[i] = cs & at[j] = cs -> i = j end end;
