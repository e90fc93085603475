"""Starts `belfry endpoint` on a free port for the life of a `with` block."""

import os
import re
import subprocess
from contextlib import contextmanager

import cost_sample

CREDENTIALS = {
    "AWS_ACCESS_KEY_ID": "local",
    "AWS_SECRET_ACCESS_KEY": "local",
    "AWS_DEFAULT_REGION": "us-east-1",
    "AWS_REGION": "us-east-1",
}


@contextmanager
def endpoint(costs=None):
    """Yields the address of a fresh endpoint; `costs` is the folder of its cost exports, the sample of this repository where absent."""
    costs = costs or cost_sample.folder()
    process = subprocess.Popen(
        [os.environ["BELFRY"], "endpoint", "--listen", "127.0.0.1:0", "--costs", str(costs)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        seen = ""
        for line in process.stdout:
            seen += line
            found = re.search(r"http://127\.0\.0\.1:\d+", line)
            if found:
                yield found.group(0)
                return
        raise SystemExit(f"belfry endpoint printed no address:\n{seen}")
    finally:
        process.terminate()
        process.wait()
