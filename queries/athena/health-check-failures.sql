-- description: Failed health checks by target and reason.
-- table: alb_health_check_logs
SELECT
  target_addr,
  target_group_id,
  reason_code,
  status_code,
  count(*) AS failures,
  min(time) AS first_seen,
  max(time) AS last_seen,
  max(latency) AS slowest
FROM alb_health_check_logs
WHERE status = 'FAIL'
GROUP BY target_addr, target_group_id, reason_code, status_code
ORDER BY failures DESC, target_addr, reason_code
