"""A server that does not speak rpc-v2-cbor, made reachable for clients that speak nothing else to CloudWatch: each request is decoded,
asked again as awsJson 1.0 (which boto3 speaks today), and its answer encoded as CBOR by botocore's own model. Nothing is kept here."""

import json
import threading
import urllib.error
import urllib.request
from datetime import datetime, timezone
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import botocore.session
import cbor2

MODEL = botocore.session.get_session().get_service_model("cloudwatch")
TARGET = "GraniteServiceVersion20100801"
PREFIX = f"/service/{TARGET}/operation/"
# What belongs to one connection and not to the message.
CONNECTION = ("host", "content-length", "connection", "transfer-encoding", "date", "server")


def plain(value):
    """A decoded request as JSON takes it."""
    if isinstance(value, datetime):
        return value.timestamp()
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    return value


def shaped(value, shape):
    """An answer with the types of its shape: CBOR tells whole numbers, fractions and times apart, JSON does not."""
    if value is None:
        return None
    kind = shape.type_name
    if kind == "structure":
        members = shape.members
        return {k: shaped(v, members[k]) for k, v in value.items() if k in members and v is not None}
    if kind == "list":
        return [shaped(item, shape.member) for item in value]
    if kind == "map":
        return {k: shaped(v, shape.value) for k, v in value.items()}
    if kind == "timestamp":
        at = value if isinstance(value, (int, float)) else datetime.fromisoformat(value.replace("Z", "+00:00")).timestamp()
        return datetime.fromtimestamp(at, timezone.utc)
    if kind in ("double", "float"):
        return float(value)
    if kind in ("integer", "long"):
        return int(value)
    return value


class Bridge(ThreadingHTTPServer):
    """`answers` stand in for operations that the server behind does not have: a target such as
    `Logs_20140328.DescribeQueryDefinitions` -> a function of the request that gives the answer, or nothing where the server is asked."""

    daemon_threads = True

    def __init__(self, behind, answers):
        super().__init__(("127.0.0.1", 0), Handler)
        self.behind, self.answers = behind, answers
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_address[1]}"

    def stand_in(self, target, request):
        answer = self.answers.get(target)
        return None if answer is None else answer(request)


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def do_GET(self):
        body = self.body()
        if self.path.startswith(PREFIX):
            return self.bridge(self.path[len(PREFIX):], body)
        target = self.headers.get("x-amz-target")
        answer = self.server.stand_in(target, json.loads(body)) if target in self.server.answers else None
        if answer is not None:
            return self.reply(200, {"content-type": "application/x-amz-json-1.1"}, json.dumps(answer).encode())
        headers = {k: v for k, v in self.headers.items() if k.lower() not in CONNECTION}
        return self.reply(*send(self.server.behind + self.path, self.command, headers, body or None))

    do_DELETE = do_HEAD = do_POST = do_PUT = do_GET

    def body(self):
        return self.rfile.read(int(self.headers.get("content-length", 0)))

    def bridge(self, operation, body):
        request = plain(cbor2.loads(body) if body else {})
        answer = self.server.stand_in(f"{TARGET}.{operation}", request)
        if answer is not None:
            return self.cbor(200, answer)
        headers = {
            "authorization": self.headers.get("authorization", ""),
            "content-type": "application/x-amz-json-1.0",
            "x-amz-target": f"{TARGET}.{operation}",
        }
        status, _, answer = send(self.server.behind + "/", "POST", headers, json.dumps(request).encode())
        try:
            value = json.loads(answer) if answer else {}
        except ValueError:
            # A page about a failure inside the server.
            value = {"__type": "InternalServiceFault", "message": f"{operation}: {status}, and no JSON"}
        if status < 300:
            shape = MODEL.operation_model(operation).output_shape
            value = shaped(value, shape) if shape is not None else {}
        return self.cbor(status, value)

    def cbor(self, status, value):
        headers = {"content-type": "application/cbor", "smithy-protocol": "rpc-v2-cbor"}
        self.reply(status, headers, cbor2.dumps(value, datetime_as_timestamp=True))

    def reply(self, status, headers, body):
        self.send_response(status)
        for name, value in headers.items():
            if name.lower() not in CONNECTION:
                self.send_header(name, value)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        # The answer to HEAD, and one without content, has no body.
        if self.command != "HEAD" and status != 204:
            self.wfile.write(body)


def send(url, method, headers, body):
    request = urllib.request.Request(url, data=body, method=method, headers=headers)
    try:
        with urllib.request.urlopen(request) as answer:
            return answer.status, dict(answer.headers), answer.read()
    except urllib.error.HTTPError as error:
        return error.code, dict(error.headers), error.read()
