;;; heddle-words.el --- The words of Heddle  -*- lexical-binding: t -*-
;; Made by `npm run generate` from the parser; do not edit.
;;; Code:

(defconst heddle-declarations
  '("import" "const" "enum" "type" "record" "pool" "extend" "var" "ghost" "init" "context" "def" "macro" "procedure" "observable" "process" "fair" "invariant" "property" "check" "expect" "abstract" "atomic"))

(defconst heddle-statements
  '("skip" "await" "rest" "assert" "if" "else" "while" "loop" "break" "continue" "goto" "either" "or" "with" "return" "defer" "free" "touch" "new" "until" "then"))

(defconst heddle-operators
  '("in" "union" "intersect" "minus" "forall" "exists" "count" "min" "max" "always" "eventually"))

(defconst heddle-constants
  '("self" "null" "true" "false"))

(defconst heddle-types
  '("bool" "pid"))

(provide 'heddle-words)
;;; heddle-words.el ends here
