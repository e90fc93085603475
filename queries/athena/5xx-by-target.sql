-- description: Server errors by target and by who answered: the target itself, or the load balancer for it.
-- table: alb_logs
SELECT
  CASE WHEN target_status_code LIKE '5__' THEN 'target' ELSE 'load balancer' END AS answered_by,
  CASE WHEN target_ip = '' THEN '-' ELSE target_ip || ':' || CAST(target_port AS varchar) END AS target,
  elb_status_code,
  count(*) AS errors,
  min(time) AS first_seen,
  max(time) AS last_seen
FROM alb_logs
WHERE elb_status_code BETWEEN 500 AND 599
GROUP BY 1, 2, 3
ORDER BY errors DESC, answered_by, target, elb_status_code
