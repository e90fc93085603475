"""The rounds through the services, by boto3 of today: what `boto3_peer.py`, which older clients run too, leaves out."""

import boto3

import athena_round
import money_round
import storage_round
import watch_round
from endpoint import endpoint

with endpoint() as address:
    for part in (storage_round, watch_round, money_round, athena_round):
        part.main(address)
with endpoint(money_round.export()) as address:
    money_round.forecast(address)
print(f"boto3 {boto3.__version__}: S3, load balancers, logs, alarms, topics, budgets, costs and Athena answer as expected")
