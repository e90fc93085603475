"""Every operation of the endpoint was answered to a client that we did not write, in the steps before this one, or says here why not."""

import re
import sys
from pathlib import Path

from talk import ANSWERED

# The folder of a service -> what boto3 calls it.
SERVICES = {
    "athena": "athena", "budgets": "budgets", "ce": "ce", "cloudwatch": "cloudwatch", "elb": "elbv2", "logs": "logs", "s3": "s3",
    "sns": "sns", "sts": "sts",
}
# Operations that no step has, with the reason.
UNASKED = {
    "athena EndQueryExecution": "no request reaches it: the journal keeps with it how an execution ended",
    "logs StopQuery": "a query over what a step can put has ended before the request to stop it arrives, and is refused",
}


def offered():
    """`logs PutLogEvents` for every operation, as the tables of the services have them: each in a file of its own."""
    pattern = re.compile(r'OPERATION: Operation = Operation \{\s*name: "(\w+)"')
    for folder, service in SERVICES.items():
        for file in sorted(Path("src/endpoint", folder).glob("*.rs")):
            for name in pattern.findall(file.read_text()):
                yield f"{service} {name}"


def main():
    answered, all_of_it = set(ANSWERED.read_text().split("\n")), set(offered())
    wrong = [f"no step asks for {entry}" for entry in sorted(all_of_it - answered - set(UNASKED))]
    wrong += [f"{entry} is answered, though listed as: {reason}" for entry, reason in UNASKED.items() if entry in answered]
    wrong += [f"{entry} is listed, and there is no such operation" for entry in UNASKED if entry not in all_of_it]
    for line in wrong:
        print(f"answered: {line}", file=sys.stderr)
    print(f"answered: {len(all_of_it & answered)} of {len(all_of_it)} operations were answered to boto3; {len(UNASKED)} not, for a reason")
    sys.exit(bool(wrong))


main()
