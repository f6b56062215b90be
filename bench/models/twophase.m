-- Two-phase commit as in specs/classic/twophase.heddle; a set of messages is an array of boolean.
const
  N: 8;
type
  Manager: 1..N;
  Phase: enum { working, preparing, committed, aborted };
var
  phase: array [Manager] of Phase;
  sent: array [Manager] of boolean;
  heard: array [Manager] of boolean;
  decided: boolean;
  commit: boolean;
  abort: boolean;

startstate begin
  for r: Manager do phase[r] := working; sent[r] := false; heard[r] := false; end;
  decided := false;
  commit := false;
  abort := false;
end;

ruleset r: Manager do
  rule "prepare" phase[r] = working ==> begin phase[r] := preparing; sent[r] := true; end;
  rule "give up" phase[r] = working ==> begin phase[r] := aborted; end;
  rule "told to commit" commit ==> begin phase[r] := committed; end;
  rule "told to abort" abort ==> begin phase[r] := aborted; end;
  rule "hear" !decided & sent[r] ==> begin heard[r] := true; end;
end;

rule "commit" !decided & forall r: Manager do heard[r] end ==> begin decided := true; commit := true; end;
rule "abort" !decided ==> begin decided := true; abort := true; end;

invariant "consistent" forall a: Manager do forall b: Manager do !(phase[a] = aborted & phase[b] = committed) end end;
