-- description: Blue beside green: requests, share of errors and latency of each target group, hour by hour.
-- table: alb_logs
SELECT
  date_trunc('hour', from_iso8601_timestamp(time)) AS hour,
  regexp_extract(target_group_arn, 'targetgroup/([^/]+)/', 1) AS target_group,
  count(*) AS requests,
  round(100e0 * count_if(elb_status_code >= 500) / count(*), 2) AS error_percent,
  approx_percentile(target_processing_time, 0.5) FILTER (WHERE target_processing_time >= 0) AS p50,
  approx_percentile(target_processing_time, 0.95) FILTER (WHERE target_processing_time >= 0) AS p95
FROM alb_logs
WHERE target_group_arn <> '-'
GROUP BY 1, 2
ORDER BY hour, target_group
