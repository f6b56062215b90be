autocmd BufRead,BufNewFile *.heddle setfiletype heddle
