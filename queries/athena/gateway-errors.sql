-- description: 460, 499, 502, 503 and 504 told apart: who answered, what happened, and what to do next.
-- table: alb_logs
SELECT
  elb_status_code AS status,
  CASE
    WHEN elb_status_code IN (460, 499) THEN 'the client closed the connection before it was answered'
    WHEN target_status_code = CAST(elb_status_code AS varchar) THEN 'the target itself answered so'
    WHEN elb_status_code = 502 AND (target_ip = '' OR request_processing_time < 0) THEN 'no connection to a target could be made'
    WHEN elb_status_code = 502 THEN 'the target closed the connection or answered what is no HTTP'
    WHEN elb_status_code = 503 THEN 'the target group has no registered target'
    WHEN elb_status_code = 504 AND (target_ip = '' OR request_processing_time < 0) THEN 'no target took the connection within 10 seconds'
    ELSE 'the target did not answer within the idle timeout'
  END AS what_happened,
  CASE
    WHEN elb_status_code IN (460, 499) THEN 'compare the clients'' timeout with p99 of slowest-paths'
    WHEN target_status_code = CAST(elb_status_code AS varchar) THEN 'look at the log of the service: the load balancer only passed it on'
    WHEN elb_status_code = 502 AND (target_ip = '' OR request_processing_time < 0) THEN 'look at crashes and at the security group of the tasks'
    WHEN elb_status_code = 502 THEN 'make the keep-alive of the service longer than the idle timeout of the load balancer'
    WHEN elb_status_code = 503 THEN 'look at the deployment: which tasks were registered, and when'
    WHEN elb_status_code = 504 AND (target_ip = '' OR request_processing_time < 0) THEN 'look at the tasks'' CPU and accept queue, and at network rules'
    ELSE 'find the paths with slowest-paths, then their dependencies'
  END AS next_step,
  count(*) AS requests,
  count(DISTINCT client_ip) AS clients,
  max(time) AS last_seen
FROM alb_logs
WHERE elb_status_code IN (460, 499, 502, 503, 504)
GROUP BY 1, 2, 3
ORDER BY requests DESC, status, what_happened
