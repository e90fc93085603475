-- description: The clients with most requests: errors, bytes, and how many different user agents each shows.
-- table: alb_logs
SELECT
  client_ip,
  count(*) AS requests,
  count_if(elb_status_code >= 400) AS refused_or_failed,
  count(DISTINCT user_agent) AS user_agents,
  sum(received_bytes) AS received_bytes,
  sum(sent_bytes) AS sent_bytes
FROM alb_logs
WHERE client_ip IS NOT NULL
GROUP BY client_ip
ORDER BY requests DESC, client_ip
LIMIT 50
