"""Breaks every member of every operation that the endpoint has, by botocore's own models: left out, too long, too short, beyond its
range, of no known word, against its pattern, too many. Each broken request must be refused as the caller's mistake: never taken, never
answered with a failure of the endpoint's own."""

import datetime
import sys

import boto3
import botocore
from botocore.config import Config
from botocore.exceptions import ClientError

from endpoint import CREDENTIALS, endpoint

SERVICES = ["cloudwatch", "logs", "sns"]
# The models say less than the services: these hold for the pattern, or are of members that take more here.
TAKEN = {
    ("cloudwatch", "ListMetrics", "Namespace", "pattern"),
    ("sns", "CreateTopic", "Name", "type"),
    ("sns", "CreateTopic", "Tags.0.Key", "type"),
}


def client(service, url):
    return boto3.client(
        service,
        endpoint_url=url,
        region_name=CREDENTIALS["AWS_REGION"],
        aws_access_key_id=CREDENTIALS["AWS_ACCESS_KEY_ID"],
        aws_secret_access_key=CREDENTIALS["AWS_SECRET_ACCESS_KEY"],
        config=Config(parameter_validation=False, inject_host_prefix=False, retries={"max_attempts": 1}),
    )


def sample(shape):
    """The least that the model takes, by its types alone."""
    kind, limits = shape.type_name, shape.metadata
    if kind == "structure":
        return {name: sample(shape.members[name]) for name in shape.required_members}
    if kind == "list":
        return [sample(shape.member) for _ in range(max(1, limits.get("min", 1)))]
    if kind == "map":
        return {"k": sample(shape.value)}
    if kind == "string":
        return shape.enum[0] if shape.enum else "x" * max(3, limits.get("min", 1))
    if kind in ("integer", "long"):
        return limits.get("min", 1)
    return {
        "double": 1.0,
        "float": 1.0,
        "boolean": True,
        "blob": b"x",
        "timestamp": datetime.datetime.now(datetime.timezone.utc),
    }[kind]


def broken(shape, place=()):
    """Every way to break a member: its place, how, and the value that does."""
    kind, limits = shape.type_name, shape.metadata
    if kind == "structure":
        for name, member in shape.members.items():
            if name in shape.required_members:
                yield (*place, name), "missing", None
            yield from broken(member, (*place, name))
    elif kind == "string":
        if shape.enum:
            yield place, "enum", "BOGUS"
        if limits.get("max", 1 << 20) < 20_000:
            yield place, "long", "x" * (limits["max"] + 1)
        if limits.get("min", 0) > 0:
            yield place, "short", ""
        if "pattern" in limits:
            yield place, "pattern", "\u20ac*! <>"
        yield place, "type", {"a": 1}
    elif kind in ("integer", "long", "double", "float"):
        if "max" in limits:
            yield place, "above", limits["max"] + 1
        if "min" in limits:
            yield place, "below", limits["min"] - 1
    elif kind == "list":
        if limits.get("max", 1 << 20) < 2000:
            yield place, "many", [sample(shape.member) for _ in range(limits["max"] + 1)]
        if limits.get("min", 0) > 0:
            yield place, "few", []
        yield from broken(shape.member, (*place, 0))
    elif kind == "map" and "max" in limits:
        yield place, "many", {f"k{n}": sample(shape.value) for n in range(limits["max"] + 1)}


def put(request, shape, place, how, value):
    """Breaks the member at `place`; what lies on the way is filled in."""
    here = request
    for step, following in zip(place, (*place[1:], None)):
        last = following is None
        shape = shape.member if isinstance(step, int) else shape.members[step]
        if last and how == "missing":
            here.pop(step, None)
        elif last:
            here[step] = value
        elif isinstance(step, str) and step not in here:
            here[step] = [] if shape.type_name == "list" else sample(shape)
        if isinstance(here, list) and len(here) <= step:
            here.append(sample(shape))
        if isinstance(following, int) and not here[step]:
            here[step].append(sample(shape.member))
        here = None if last else here[step]
    return request


def answer(call, request):
    try:
        call(**request)
    except ClientError as error:
        return error.response["ResponseMetadata"]["HTTPStatusCode"], error.response["Error"]
    return 200, {}


def operations(of):
    """Those that the endpoint has: it names every other in its refusal."""
    for name in of.meta.service_model.operation_names:
        call = getattr(of, botocore.xform_name(name))
        shape = of.meta.service_model.operation_model(name).input_shape
        status, error = answer(call, {})
        if shape is not None and error.get("Code") not in ("UnknownOperationException", "InvalidAction"):
            yield name, call, shape


def main():
    wrong, asked = [], 0
    with endpoint() as url:
        for service in SERVICES:
            of = client(service, url)
            for name, call, shape in operations(of):
                for place, how, value in broken(shape):
                    at = ".".join(map(str, place))
                    try:
                        status, error = answer(call, put(sample(shape), shape, place, how, value))
                    except (TypeError, ValueError, AttributeError, botocore.exceptions.BotoCoreError):
                        continue  # The client itself cannot write it down.
                    asked += 1
                    if not 400 <= status < 500 and (service, name, at, how) not in TAKEN:
                        wrong.append(f"{service} {name} {at} {how}: {status} {error}")
    if wrong or asked < 1000:
        sys.exit("\n".join([*wrong, f"{asked} broken requests"]))
    print(f"limits: {asked} broken requests are all refused")


main()
