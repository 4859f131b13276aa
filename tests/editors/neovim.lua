-- Opens the flagship contract in Neovim with the set-up of `editors/neovim`, breaks it, and mends it by what the server
-- offers. Run by `cargo xtask editors`, with the contract as the file that is open.

local function fail(why)
  io.stderr:write('neovim: ' .. why .. '\n')
  vim.cmd('cquit 1')
end

local function wait(what, holds)
  if not vim.wait(20000, holds, 20) then
    fail('waited in vain for ' .. what)
  end
end

local buffer = vim.api.nvim_get_current_buf()
local function client()
  for _, found in ipairs(vim.lsp.get_active_clients()) do
    if found.name == 'jcm' then
      return found
    end
  end
end
local function problems(code)
  local found = vim.diagnostic.get(buffer)
  return #vim.tbl_filter(function(problem)
    return not code or problem.code == code or (problem.user_data and problem.user_data.lsp and problem.user_data.lsp.code == code)
  end, found)
end

if vim.bo.filetype ~= 'jcm' then
  fail('the file type is ' .. vim.bo.filetype)
end
wait('the server', function() return client() and client().initialized end)

-- A symbol of the contract is known.
local named = { textDocument = vim.lsp.util.make_text_document_params(buffer) }
local symbols = client().request_sync('textDocument/documentSymbol', named, 20000, buffer)
if not symbols or not symbols.result or #symbols.result < 10 then
  fail('the outline of the contract is not there')
end

-- A partner with a wrong name is a problem, and the server knows the mend.
local line
for number, text in ipairs(vim.api.nvim_buf_get_lines(buffer, 0, -1, false)) do
  if text:match('^%s+owners:') then
    line = number - 1
    local from, to = text:find('%a+', (text:find(':')))
    vim.api.nvim_buf_set_text(buffer, line, to - 1, line, to, { '' })
    vim.api.nvim_win_set_cursor(0, { number, from })
    break
  end
end
wait('the problem', function() return problems('E0202') == 1 end)
local range = vim.lsp.util.make_range_params()
range.context = { diagnostics = {}, only = { 'quickfix' } }
local actions = client().request_sync('textDocument/codeAction', range, 20000, buffer)
local action = actions and actions.result and actions.result[1]
if not action then
  fail('the server knows no mend')
end
vim.lsp.util.apply_workspace_edit(action.edit, client().offset_encoding)
wait('the problem to go', function() return problems('E0202') == 0 end)
if vim.bo.modified and problems() > 0 then
  for _, problem in ipairs(vim.diagnostic.get(buffer)) do
    if problem.severity == vim.diagnostic.severity.ERROR then
      fail('a problem is left: ' .. problem.message)
    end
  end
end

-- A file of the library is opened read-only.
vim.cmd('edit! jcm-std:/std/prelude.jcm')
local first = vim.api.nvim_buf_get_lines(0, 0, 1, false)[1]
if first ~= 'jcm 1' or vim.bo.modifiable then
  fail('the prelude of the library is not shown, or can be changed')
end
vim.cmd('qall!')
