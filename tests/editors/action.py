"""Runs the steps of a composite action as GitHub does: action.py ACTION [INPUT=VALUE]...

Each step's `if`, `env` and `run` are worked out with the inputs. A step that `uses` another action is only named: what it
does is not of this project. Where a step fails, the steps after it are left out unless they run always.
"""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import yaml

action = Path(sys.argv[1])
described = yaml.safe_load(action.read_text(encoding="utf-8"))
inputs = {name: field.get("default", "") for name, field in described["inputs"].items()}
for given in sys.argv[2:]:
    name, value = given.split("=", 1)
    if name not in inputs:
        sys.exit(f"the action has no input {name}")
    inputs[name] = value

failed = False
known = {
    "github.action_path": str(action.parent),
    "runner.temp": tempfile.gettempdir(),
    **{f"inputs.{name}": value for name, value in inputs.items()},
}
functions = {
    "always": lambda: True,
    "format": lambda text, *parts: text.format(*parts),
    "hashFiles": lambda name: "hash" if Path(name).is_file() else "",
}


def worked_out(expression):
    """The value of what stands between `${{` and `}}`."""
    words = re.findall(r"'[^']*'|&&|\|\||==|!=|[(),]|[A-Za-z_][\w.-]*", expression)
    if "".join(words) != re.sub(r"\s(?=(?:[^']*'[^']*')*[^']*$)", "", expression):
        sys.exit(f"this cannot be worked out: {expression}")
    said = {"&&": "and", "||": "or"}
    python = [said.get(word, f"known[{word!r}]" if "." in word and word[0] != "'" else word) for word in words]
    return eval(" ".join(python), {"__builtins__": {}, "known": known, **functions})


def filled(text):
    return re.sub(r"\$\{\{(.*?)\}\}", lambda found: str(worked_out(found[1].strip())), text)


for step in described["runs"]["steps"]:
    condition = step.get("if", "${{ true }}").strip().removeprefix("${{").removesuffix("}}").strip()
    if condition != "true" and not worked_out(condition) or failed and "always()" not in condition:
        continue
    print("run:" if "run" in step else "uses:", step["name"], flush=True)
    if "run" in step:
        environment = {name: filled(value) for name, value in step.get("env", {}).items()}
        # GitHub's way to call `shell: sh`.
        command = [step["shell"], "-e", "-c", filled(step["run"])]
        ended = subprocess.run(command, env={**os.environ, **environment}, stdout=sys.stderr)
        failed = failed or ended.returncode != 0
sys.exit(failed)
