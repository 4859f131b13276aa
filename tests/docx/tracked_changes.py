"""LibreOffice accepts every tracked change of a Word document, and rejects every one; both are saved as text.

    python3 tracked_changes.py OFFICE FILE.docx ACCEPTED.txt REJECTED.txt

LibreOffice has a profile of its own, and listens on a pipe that has the name of this process.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException

SECONDS = 60


def main(office, source, accepted, rejected):
    name = f"jcm-{os.getpid()}"
    with tempfile.TemporaryDirectory() as profile:
        started = subprocess.Popen(
            [
                office,
                f"-env:UserInstallation={Path(profile).as_uri()}",
                "--headless",
                "--norestore",
                f"--accept=pipe,name={name};urp;",
            ],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        context = connected(name)
        manager = context.ServiceManager
        desktop = manager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        dispatcher = manager.createInstanceWithContext("com.sun.star.frame.DispatchHelper", context)
        try:
            for command, target in [("Accept", accepted), ("Reject", rejected)]:
                take(desktop, dispatcher, source, f".uno:{command}AllTrackedChanges", target)
        finally:
            desktop.terminate()
            started.wait(SECONDS)


def connected(name):
    resolver = uno.getComponentContext().ServiceManager.createInstance("com.sun.star.bridge.UnoUrlResolver")
    until = time.monotonic() + SECONDS
    while True:
        try:
            return resolver.resolve(f"uno:pipe,name={name};urp;StarOffice.ComponentContext")
        except NoConnectException:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)


def take(desktop, dispatcher, source, command, target):
    document = desktop.loadComponentFromURL(Path(source).resolve().as_uri(), "_blank", 0, (of("Hidden", True),))
    if document.Redlines.createEnumeration().hasMoreElements() is False:
        raise SystemExit(f"{source} has no tracked change that LibreOffice reads")
    dispatcher.executeDispatch(document.CurrentController.Frame, command, "", 0, ())
    if document.Redlines.createEnumeration().hasMoreElements():
        raise SystemExit(f"{command} leaves tracked changes behind in {source}")
    how = (of("FilterName", "Text (encoded)"), of("FilterOptions", "UTF8"))
    document.storeToURL(Path(target).resolve().as_uri(), how)
    document.close(True)


def of(name, value):
    return PropertyValue(Name=name, Value=value)


if __name__ == "__main__":
    main(*sys.argv[1:])
