"""Lines of load balancers' logs that exercise every saved query: seeded, so that they are the same everywhere."""

import random

GROUP = "arn:aws:elasticloadbalancing:us-east-1:000000000000:targetgroup/fraud-detection-{}/73e2d6bc24d8a067"
# status, target's status, whether a target was chosen, the three times
OUTCOMES = [
    ((200, "200", True), 800), ((404, "404", True), 40), ((500, "500", True), 20), ((502, "-", False), 8), ((502, "502", True), 4),
    ((502, "-", True), 5), ((503, "-", False), 6), ((503, "503", True), 3), ((504, "-", False), 4), ((504, "-", True), 5),
    ((460, "-", True), 5), ((499, "-", True), 3), ((403, "-", False), 12), ((301, "-", False), 10),
    ((400, "400", True), 5), ((400, "-", False), 5), ((520, "520", True), 3), ((561, "-", False), 3),
]
PATHS = [
    "/api/v1/predict", "/health", "/api/v1/customers/%7Bid%7D", "/api/v1/merchants/a%20b", "/", "", "/search words", "/caf%C3%A9", "/a|b", "/%zz",
]
AGENTS = ["curl/8.9.1", "Mozilla/5.0 (X11; Linux x86_64) Chrome/129.0", "-", "python-requests/2.32.3", "ELB-HealthChecker/2.0", "a \\x22 quoted agent"]
TLS = [("ECDHE-RSA-AES128-GCM-SHA256", "TLSv1.2"), ("TLS_AES_128_GCM_SHA256", "TLSv1.3"), ("ECDHE-RSA-AES128-SHA", "TLSv1"), ("AES256-SHA", "TLSv1.1")]


def access(count, seed, torn=True):
    chance = random.Random(seed)
    lines = []
    for number in range(count):
        line = one(number, seed, chance)
        # Lines that the published pattern does not match: rows of NULLs.
        lines.append(line[: chance.randrange(len(line))] if torn and chance.random() < 0.01 else line)
    return lines


def one(number, seed, chance):
    status, answered, chosen = chance.choices(*zip(*OUTCOMES))[0]
    moment = f"2026-03-0{seed % 9 + 1}T{number // 1500 % 24:02}:{number // 25 % 60:02}:{number % 25 * 2:02}.{number % 1_000_000:06}Z"
    group = GROUP.format(chance.choice(["blue", "green"]))
    target = f"10.0.{chance.randrange(2)}.{chance.randrange(1, 5)}:8000" if chosen else "-"
    times = "-1 -1 -1" if answered == "-" else f"0.00{chance.randrange(3)} {chance.lognormvariate(-4, 1):.3f} 0.000"
    if chosen and chance.random() < 0.02:  # a function answers: it has no address
        group, target = "arn:aws:lambda:us-east-1:000000000000:function:score", "-"
    if status in (403, 301):
        group = "-"
    client = chance.choice([f"192.0.2.{chance.randrange(1, 90)}", f"2001:db8::{chance.randrange(1, 9):x}"])
    kind = chance.choice(["http", "https", "h2"])
    cipher, protocol = ("-", "-") if kind == "http" else chance.choice(TLS)
    verb = chance.choice(["GET", "POST", "DELETE"])
    query = chance.choice(["", f"?trace={number}", "?a=b&c=/d?e"])
    request = f"{verb} {kind.replace('h2', 'https')}://api.example.com:443{chance.choice(PATHS)}{query} HTTP/1.1"
    if chance.random() < 0.005:
        request = "- http://api.example.com:80- - "
    actions = {403: chance.choice(["waf", "waf,fixed-response", "fixed-response"]), 301: "redirect"}.get(status, chance.choice(["forward", "waf,forward", "waf-failed,forward"]))
    judged, reason = chance.choices([("-", "-"), ("Acceptable", "NonCompliantHeader"), ("Ambiguous", "EmptyHeader"), ("Severe", "BadContentLength")], [90, 4, 4, 2])[0]
    sent = "-" if chance.random() < 0.002 else chance.randrange(100, 4000)
    return (
        f'{kind} {moment} app/fraud-detection-alb/50dc6c495c0c9188 {client}:{chance.randrange(1024, 65535)} {target} {times} {status} {answered} '
        f'{chance.randrange(200, 900)} {sent} "{request}" "{chance.choice(AGENTS)}" {cipher} {protocol} {group} '
        f'"Root=1-{number // 3:08x}-{seed:024x}" "api.example.com" "-" {chance.randrange(3)} {moment} "{actions}" "-" "-" '
        f'"{target}" "{answered}" "{judged}" "{reason}"' + chance.choice(["", f" TID_{number:016x}", f' TID_{number:016x} "-" "-" "-"'])
    )


def health_checks(count, seed):
    chance = random.Random(seed)
    lines = []
    for number in range(count):
        moment = f"2026-03-01T{number // 720 % 24:02}:{number // 12 % 60:02}:{number % 12 * 5:02}.000000Z"
        result = chance.choice(["PASS 200 -", "PASS 200 -", "FAIL 500 ResponseCodeMismatch", "FAIL - TimedOut", "FAIL - ConnectionFailed"])
        rest = chance.choice(["", " app/fraud-detection-alb/50dc6c495c0c9188", " app/fraud-detection-alb/50dc6c495c0c9188 10.0.0.9"])
        lines.append(f"http {moment} {chance.uniform(0, 5):.3f} 10.0.0.{chance.randrange(1, 5)}:8000 fraud-detection-{chance.choice(['blue', 'green'])}/73e2d6bc24d8a067 {result}{rest}")
    return lines
