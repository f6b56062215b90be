;;; heddle-mode.el --- Specs of concurrent protocols  -*- lexical-binding: t -*-
;; Package-Requires: ((emacs "27.1"))
;;; Commentary:
;; Colours, comments and indentation; everything else comes from the language server, through eglot (part of Emacs since 29) or lsp-mode:
;;   (add-to-list 'load-path "…/editors/emacs")
;;   (require 'heddle-mode)
;;   (add-hook 'heddle-mode-hook #'eglot-ensure)
;;; Code:

(require 'heddle-words)

(defvar heddle-server-command '("heddle" "lsp" "--stdio")
  "The language server, as program and arguments.")

(defvar heddle-mode-syntax-table
  (let ((table (make-syntax-table)))
    (modify-syntax-entry ?/ ". 12" table)
    (modify-syntax-entry ?\n ">" table)
    (modify-syntax-entry ?_ "_" table)
    (modify-syntax-entry ?' "." table)
    table))

(defconst heddle-font-lock-keywords
  `((,(regexp-opt heddle-declarations 'symbols) . font-lock-keyword-face)
    (,(regexp-opt heddle-statements 'symbols) . font-lock-keyword-face)
    (,(regexp-opt heddle-operators 'symbols) . font-lock-builtin-face)
    (,(regexp-opt heddle-constants 'symbols) . font-lock-constant-face)
    (,(regexp-opt heddle-types 'symbols) . font-lock-type-face)
    ("\\_<\\(?:procedure\\|def\\|macro\\|process\\)\\s-+\\([A-Za-z_][A-Za-z0-9_]*\\)" 1 font-lock-function-name-face)
    ("\\_<\\(?:enum\\|record\\|pool\\|type\\)\\s-+\\([A-Za-z_][A-Za-z0-9_]*\\)" 1 font-lock-type-face)
    ("^\\s-*\\([A-Za-z_][A-Za-z0-9_]*\\):[-+]?\\_>" 1 font-lock-constant-face)))

(defun heddle-indent-line ()
  "Indent by the brackets that are open."
  (interactive)
  (let* ((closes (save-excursion (back-to-indentation) (looking-at "[])}]")))
         (depth (save-excursion (beginning-of-line) (car (syntax-ppss))))
         (column (* 2 (max 0 (if closes (1- depth) depth)))))
    (if (<= (current-column) (current-indentation))
        (indent-line-to column)
      (save-excursion (indent-line-to column)))))

;;;###autoload
(define-derived-mode heddle-mode prog-mode "Heddle"
  "Major mode for specs in Heddle."
  (setq-local comment-start "// "
              comment-end ""
              indent-tabs-mode nil
              indent-line-function #'heddle-indent-line
              font-lock-defaults '(heddle-font-lock-keywords)))

;;;###autoload
(add-to-list 'auto-mode-alist '("\\.heddle\\'" . heddle-mode))

(with-eval-after-load 'eglot
  (add-to-list 'eglot-server-programs `(heddle-mode . ,heddle-server-command)))
(with-eval-after-load 'lsp-mode
  (add-to-list 'lsp-language-id-configuration '(heddle-mode . "heddle"))
  (lsp-register-client (make-lsp-client :new-connection (lsp-stdio-connection heddle-server-command) :activation-fn (lsp-activate-on "heddle") :server-id 'heddle)))

(provide 'heddle-mode)
;;; heddle-mode.el ends here
