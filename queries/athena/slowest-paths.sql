-- description: The slowest paths: p50, p95 and p99 of the targets' time, with how often they were asked for.
-- table: alb_logs
SELECT
  request_verb,
  url_extract_path(replace(request_url, ' ', '%20')) AS path,
  count(*) AS requests,
  approx_percentile(target_processing_time, 0.5) AS p50,
  approx_percentile(target_processing_time, 0.95) AS p95,
  approx_percentile(target_processing_time, 0.99) AS p99
FROM alb_logs
WHERE target_processing_time >= 0
GROUP BY 1, 2
ORDER BY p99 DESC, requests DESC, path
LIMIT 50
