-- The bounded buffer of specs/classic/buffer.heddle with two values. Places behind the last item are 0.
const
  P: 3;
  C: 3;
  K: 6;
type
  Producer: 1..P;
  Consumer: P + 1..P + C;
  Party: 1..P + C;
  Item: 0..2;
  Place: enum { idle, lock, crit, rel, use };
var
  at: array [Party] of Place;
  item: array [Party] of Item;
  buf: array [1..K] of Item;
  length: 0..K;
  mutex: 0..P + C;

startstate begin
  for i: Party do at[i] := idle; item[i] := 0; end;
  for k: 1..K do buf[k] := 0; end;
  length := 0;
  mutex := 0;
end;

ruleset i: Party do
  rule "lock" at[i] = lock & mutex = 0 ==> begin mutex := i; at[i] := crit; end;
end;

ruleset i: Producer do
  ruleset v: 1..2 do
    rule "produce" at[i] = idle ==> begin item[i] := v; at[i] := lock; end;
  end;
  rule "full" at[i] = crit & length = K ==> begin mutex := 0; at[i] := lock; end;
  rule "put" at[i] = crit & length < K ==>
  begin
    length := length + 1;
    buf[length] := item[i];
    item[i] := 0;
    at[i] := rel;
  end;
  rule "release" at[i] = rel ==> begin mutex := 0; at[i] := idle; end;
end;

ruleset i: Consumer do
  rule "begin" at[i] = idle ==> begin at[i] := lock; end;
  rule "empty" at[i] = crit & length = 0 ==> begin mutex := 0; at[i] := lock; end;
  rule "take" at[i] = crit & length > 0 ==>
  begin
    item[i] := buf[1];
    for k: 1..K - 1 do buf[k] := buf[k + 1]; end;
    buf[K] := 0;
    length := length - 1;
    at[i] := rel;
  end;
  rule "release" at[i] = rel ==> begin mutex := 0; at[i] := use; end;
  rule "use" at[i] = use ==> begin item[i] := 0; at[i] := idle; end;
end;

invariant "one inside" forall i: Party do forall j: Party do
  (at[i] = crit | at[i] = rel) & (at[j] = crit | at[j] = rel) -> i = j end end;
invariant "nothing empty" forall i: Consumer do at[i] = use -> item[i] != 0 end;
