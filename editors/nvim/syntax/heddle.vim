" Made by `npm run generate` from the parser; do not edit.
if exists('b:current_syntax') | finish | endif
syntax keyword heddleDeclaration import const enum type record pool extend var ghost init context def macro procedure observable process fair invariant property check expect abstract atomic
syntax keyword heddleStatement skip await rest assert if else while loop break continue goto either or with return defer free touch new until then
syntax keyword heddleOperator in union intersect minus forall exists count min max always eventually
syntax keyword heddleConstant self null true false
syntax keyword heddleType bool pid
syntax keyword heddleWord spec steps manual only never noleak reuse as seq violated holds interrupts inout
syntax match heddleFunction /\<\(at\|done\|enabled\|alive\|len\|head\|tail\|append\|cmpxchg\|xchg\|fetch_add\)\ze(/
syntax match heddleNumber /\<\d\+\>/
syntax match heddleLabel /^\s*\zs\h\w*\ze:[+-]\?\_s/
syntax region heddleString start=/"/ end=/"/ oneline
syntax match heddleComment /\/\/.*$/ contains=@Spell
highlight default link heddleDeclaration Structure
highlight default link heddleStatement Statement
highlight default link heddleOperator Operator
highlight default link heddleConstant Constant
highlight default link heddleType Type
highlight default link heddleWord Keyword
highlight default link heddleFunction Function
highlight default link heddleNumber Number
highlight default link heddleLabel Label
highlight default link heddleString String
highlight default link heddleComment Comment
let b:current_syntax = 'heddle'
