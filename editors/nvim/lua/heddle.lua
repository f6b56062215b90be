-- Heddle in Neovim (0.7 and later), with what Neovim brings: `require('heddle').setup()`.
--   :HeddleCheck [name]    runs the checks of the file, or the one that is named; verdicts appear as diagnostics and lenses
--   :HeddleTrace {name}    the trace of a violated property, in lanes
--   :HeddleCancel          ends running checks with what is known so far
local M = {}

local function scratch(title, text)
  vim.cmd('botright new')
  local buffer = vim.api.nvim_get_current_buf()
  vim.bo[buffer].buftype, vim.bo[buffer].bufhidden, vim.bo[buffer].swapfile = 'nofile', 'wipe', false
  vim.api.nvim_buf_set_name(buffer, string.format('heddle://%s/%d', title, buffer))
  vim.api.nvim_buf_set_lines(buffer, 0, -1, false, vim.split(text, '\n'))
  vim.bo[buffer].modifiable = false
end

local function execute(command, argument, show)
  vim.lsp.buf_request(0, 'workspace/executeCommand', { command = command, arguments = { argument } }, function(problem, answer)
    if problem then vim.notify(problem.message, vim.log.levels.ERROR) elseif show and answer then show(answer) end
  end)
end

local function uri() return vim.uri_from_bufnr(0) end

local function show_trace(answer) scratch('trace', answer.text) end

-- One server for all specs under one folder.
local clients = {}

function M.attach(buffer, options)
  local name = vim.api.nvim_buf_get_name(buffer)
  local git = vim.fn.finddir('.git', vim.fn.fnamemodify(name, ':p:h') .. ';')
  local root = git ~= '' and vim.fn.fnamemodify(git, ':p:h:h') or vim.fn.fnamemodify(name, ':p:h')
  clients[root] = clients[root] or vim.lsp.start_client({
    name = 'heddle',
    cmd = options.cmd or { 'heddle', 'lsp', '--stdio' },
    root_dir = root,
    init_options = options.settings,
    on_attach = options.on_attach,
    on_exit = function() clients[root] = nil end,
  })
  if clients[root] then vim.lsp.buf_attach_client(buffer, clients[root]) end
end

--- options: cmd, on_attach, settings (workers, maxMemoryMb, timeLimitSeconds)
function M.setup(options)
  options = options or {}
  vim.lsp.commands['heddle.trace'] = function(command) execute('heddle.trace', command.arguments[1], show_trace) end
  vim.lsp.commands['heddle.output'] = function(command) execute('heddle.output', command.arguments[1], function(o) scratch('outcome', vim.inspect(o)) end) end
  vim.api.nvim_create_user_command('HeddleCheck', function(c)
    execute('heddle.check', { uri = uri(), check = c.args ~= '' and c.args or nil }, function(answer)
      for _, o in ipairs(answer.outcomes) do vim.notify(string.format('%s: %s, %d states', o.check, o.outcome, o.states)) end
      vim.lsp.codelens.refresh()
    end)
  end, { nargs = '?' })
  vim.api.nvim_create_user_command('HeddleTrace', function(c) execute('heddle.trace', { uri = uri(), property = c.args }, show_trace) end, { nargs = 1 })
  vim.api.nvim_create_user_command('HeddleCancel', function() execute('heddle.cancel', {}) end, {})
  vim.api.nvim_create_autocmd('FileType', { pattern = 'heddle', callback = function(event) M.attach(event.buf, options) end })
end

return M
