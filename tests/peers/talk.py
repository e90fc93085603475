"""Clients of boto3 for the endpoint, what is expected of its answers, and a note of every operation that it answered."""

import os
from pathlib import Path

import boto3
from botocore.exceptions import ClientError

from endpoint import CREDENTIALS

# Operations that were answered, one a line: `logs PutLogEvents`. `tests/peers/run` empties it, `answered_peer.py` reads it.
ANSWERED = Path(os.environ.get("ANSWERED", "target/peers/answered.txt"))
noted = set()


def note(http_response, model, **_):
    entry = f"{model.service_model.service_name} {model.name}"
    if http_response.status_code < 300 and entry not in noted:
        noted.add(entry)
        with ANSWERED.open("a") as file:
            file.write(entry + "\n")


def client(service, url):
    made = boto3.client(
        service,
        endpoint_url=url,
        region_name=CREDENTIALS["AWS_REGION"],
        aws_access_key_id=CREDENTIALS["AWS_ACCESS_KEY_ID"],
        aws_secret_access_key=CREDENTIALS["AWS_SECRET_ACCESS_KEY"],
    )
    made.meta.events.register("after-call", note)
    return made


def expect(found, wanted, what):
    if found != wanted:
        raise SystemExit(f"{what}: found {found!r}, expected {wanted!r}")


def refused(call, code, **arguments):
    try:
        call(**arguments)
    except ClientError as error:
        expect(error.response["Error"]["Code"], code, f"the refusal of {arguments}")
        return error.response
    raise SystemExit(f"{arguments} was accepted; expected {code}")
