-- description: What drives the bill: bytes by path, and what a gigabyte of answers is at $0.09 for transfer out.
-- table: alb_logs
SELECT
  request_verb,
  url_extract_path(replace(request_url, ' ', '%20')) AS path,
  count(*) AS requests,
  sum(received_bytes) AS received_bytes,
  sum(sent_bytes) AS sent_bytes,
  round(avg(sent_bytes), 0) AS bytes_per_answer,
  round(sum(sent_bytes) / 1e9 * 0.09e0, 4) AS transfer_out_dollars
FROM alb_logs
WHERE sent_bytes IS NOT NULL
GROUP BY 1, 2
ORDER BY sent_bytes DESC, path
LIMIT 50
