-- JCM in Neovim 0.7 and later: the file type, the language server, and the keys that Neovim has for both.
--
-- Copy this file to ~/.config/nvim/plugin/jcm.lua. `jcm` must be on the path; another one is named by `vim.g.jcm_command`.

local group = vim.api.nvim_create_augroup('jcm', { clear = true })

vim.api.nvim_create_autocmd({ 'BufRead', 'BufNewFile' }, {
  group = group,
  pattern = '*.jcm',
  command = 'setfiletype jcm',
})

-- The folder that holds the contract: the repository, or else the folder of the file.
local function root(file)
  local found = vim.fs and vim.fs.find({ '.git', 'jcm.toml' }, { upward = true, path = vim.fn.fnamemodify(file, ':h') })[1]
  local found_by_search = found or vim.fn.finddir('.git', vim.fn.fnamemodify(file, ':p:h') .. ';')
  if found_by_search and found_by_search ~= '' then
    return vim.fn.fnamemodify(vim.fn.substitute(vim.fn.fnamemodify(found_by_search, ':p'), '/$', '', ''), ':h')
  end
  return vim.fn.fnamemodify(file, ':p:h')
end

-- Files of the standard library are shown and cannot be changed.
vim.api.nvim_create_autocmd('BufReadCmd', {
  group = group,
  pattern = { 'jcm-std:*', '*/jcm-std:*' },
  callback = function(event)
    local clients = vim.lsp.get_clients and vim.lsp.get_clients() or vim.lsp.get_active_clients()
    for _, client in ipairs(clients) do
      if client.name == 'jcm' then
        local answer = client.request_sync('jcm/libraryText', { name = event.match:match('jcm%-std:.*') }, 2000, event.buf)
        local text = answer and answer.result or ''
        vim.api.nvim_buf_set_lines(event.buf, 0, -1, false, vim.split(text, '\n'))
        vim.bo[event.buf].modifiable = false
        vim.bo[event.buf].buftype = 'nofile'
        vim.bo[event.buf].filetype = 'jcm'
        return
      end
    end
  end,
})

vim.api.nvim_create_autocmd('FileType', {
  group = group,
  pattern = 'jcm',
  callback = function(event)
    vim.bo[event.buf].commentstring = '// %s'
    vim.bo[event.buf].shiftwidth = 4
    vim.bo[event.buf].expandtab = true
    if vim.bo[event.buf].buftype ~= '' then
      return
    end
    local file = vim.api.nvim_buf_get_name(event.buf)
    local settings = { name = 'jcm', cmd = { vim.g.jcm_command or 'jcm', 'lsp' }, root_dir = root(file) }
    if vim.lsp.start then
      vim.lsp.start(settings, { bufnr = event.buf })
      return
    end
    -- Neovim 0.7 has no `vim.lsp.start`.
    for _, client in ipairs(vim.lsp.get_active_clients()) do
      if client.name == 'jcm' and client.config.root_dir == settings.root_dir then
        vim.lsp.buf_attach_client(event.buf, client.id)
        return
      end
    end
    vim.lsp.buf_attach_client(event.buf, vim.lsp.start_client(settings))
  end,
})
