-- A session in Neovim, as a user has it: opens a spec, reads its diagnostics, hovers, renames, formats, runs a check, shows a trace.
-- Its findings go to the file that HEDDLE_FINDINGS names.
local found = {}
local function wait(what, condition)
  if not vim.wait(20000, condition, 50) then error('waited in vain for ' .. what) end
end
local function text() return table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\n') end
local function work()
  require('heddle').setup({ cmd = vim.json.decode(vim.env.HEDDLE_SERVER), settings = { workers = 1 } })
  vim.cmd('edit ' .. vim.env.HEDDLE_SPEC)
  found.filetype = vim.bo.filetype
  local function diagnostics() return vim.diagnostic.get(0) end
  wait('diagnostics', function() return #diagnostics() > 0 end)
  local first = diagnostics()[1]
  found.diagnostic = string.format('%d:%d %s %s', first.lnum + 1, first.col + 1, first.code or first.user_data.lsp.code, first.message)
  vim.api.nvim_win_set_cursor(0, { first.lnum + 1, first.col })
  vim.cmd('normal! cwturn')
  wait('no diagnostics', function() return #diagnostics() == 0 end)
  vim.api.nvim_win_set_cursor(0, { 1, 4 })
  local answers = vim.lsp.buf_request_sync(0, 'textDocument/hover', vim.lsp.util.make_position_params(), 5000)
  for _, answer in pairs(answers) do found.hover = answer.result.contents.value end
  vim.lsp.buf.rename('whose')
  wait('the rename', function() return not text():find('turn') end)
  if vim.lsp.buf.format then vim.lsp.buf.format({ timeout_ms = 5000 }) else vim.lsp.buf.formatting_sync(nil, 5000) end
  found.text = text()
  vim.cmd('HeddleCheck')
  wait('a verdict', function() return #diagnostics() > 0 end)
  found.verdict = diagnostics()[1].message
  vim.cmd('HeddleTrace Wrong')
  wait('the trace', function() return vim.api.nvim_buf_get_name(0):find('heddle://trace') end)
  found.trace = text()
end
local ok, problem = pcall(work)
if not ok then found.problem = tostring(problem) end
local file = io.open(vim.env.HEDDLE_FINDINGS, 'w')
file:write(vim.json.encode(found))
file:close()
vim.cmd('qall!')
