-- description: User agents, with their share of all requests and of errors.
-- table: alb_logs
WITH agents AS (
  SELECT user_agent, count(*) AS requests, count_if(elb_status_code >= 400) AS errors
  FROM alb_logs
  WHERE user_agent IS NOT NULL
  GROUP BY user_agent
)
SELECT
  user_agent,
  requests,
  round(100e0 * requests / sum(requests) OVER (), 2) AS percent_of_requests,
  round(100e0 * errors / requests, 2) AS error_percent
FROM agents
ORDER BY requests DESC, user_agent
LIMIT 50
