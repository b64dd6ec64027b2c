"""Runs a command in a real pseudo-terminal, and plays a script of what a person does there.

Reads one JSON document on stdin:
  command  list of words      cwd  folder      env  the whole environment      rows, columns  size of the terminal
  steps    {"expect": text}   waits until the text is shown, after what earlier steps saw
           {"send": text}     types; a carriage return is the Enter key, \\u0003 is Ctrl-C
           {"resize": [rows, columns]}
           {"hangUp": true}   closes the terminal, as closing its window does
  timeout  seconds that an expect, and the end of the command, may take

Prints one JSON document: exitCode (128 and the signal's number where a signal ended it), transcript (as shown, without
escape sequences), raw (with them), and failed: the step that did not come true.
"""

import fcntl
import json
import os
import pty
import re
import select
import signal
import struct
import sys
import termios
import time

ESCAPES = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[@-Z\\^_=>78]")
UNFINISHED = re.compile(r"\x1b(?:\[[0-?]*[ -/]*|\][^\x07\x1b]*)?$")


class Terminal:
    def __init__(self, command, cwd, env, rows, columns):
        self.raw = b""
        self.seen = 0
        self.exit_code = None
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            try:
                os.chdir(cwd)
                set_size(0, rows, columns)
                os.execvpe(command[0], command, env)
            finally:
                os._exit(127)
        # The child sets the size before it starts the command; doing it here as well would be a race.

    def shown(self):
        text = UNFINISHED.sub("", self.raw.decode("utf-8", "ignore"))
        return ESCAPES.sub("", text)

    def read(self, deadline):
        """Reads what is there; False at the end of the output. Raises TimeoutError."""
        ready, _, _ = select.select([self.fd], [], [], max(0, deadline - time.monotonic()))
        if not ready:
            raise TimeoutError
        try:
            data = os.read(self.fd, 65536)
        except OSError:  # EIO: nobody has the other side open any more
            data = b""
        self.raw += data
        return data != b""

    def expect(self, text, deadline):
        while True:
            at = self.shown().find(text, self.seen)
            if at >= 0:
                self.seen = at + len(text)
                return
            if not self.read(deadline):
                raise EOFError

    def send(self, text):
        data = text.encode("utf-8")
        while data:
            data = data[os.write(self.fd, data) :]

    def finish(self, deadline):
        while self.fd is not None and self.read(deadline):
            pass
        # Its output has ended; the process itself may take a moment longer.
        while True:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid != 0:
                code = os.waitstatus_to_exitcode(status)
                self.exit_code = code if code >= 0 else 128 - code
                return
            if time.monotonic() > deadline:
                raise TimeoutError
            time.sleep(0.005)

    def kill(self):
        if self.exit_code is None:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)

    def hang_up(self):
        os.close(self.fd)
        self.fd = None


def set_size(fd, rows, columns):
    fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))


def play(terminal, steps, timeout):
    """Returns the step that failed and why; None where all came true."""
    for step in [*steps, {"end": True}]:
        deadline = time.monotonic() + timeout
        try:
            if "expect" in step:
                terminal.expect(step["expect"], deadline)
            elif "send" in step:
                terminal.send(step["send"])
            elif "resize" in step:
                set_size(terminal.fd, *step["resize"])
            elif "hangUp" in step:
                terminal.hang_up()
            else:
                terminal.finish(deadline)
        except TimeoutError:
            return f"{json.dumps(step)}: nothing of the kind within {timeout} s"
        except EOFError:
            return f"{json.dumps(step)}: the command ended before"
    return None


def main():
    script = json.load(sys.stdin)
    terminal = Terminal(script["command"], script["cwd"], script["env"], script["rows"], script["columns"])
    failed = play(terminal, script["steps"], script["timeout"])
    terminal.kill()
    raw = terminal.raw.decode("utf-8", "replace")
    json.dump({"exitCode": terminal.exit_code, "transcript": terminal.shown(), "raw": raw, "failed": failed}, sys.stdout)


main()
