-- description: What the firewall stopped, and requests that the desync mitigation found ambiguous or severe.
-- table: alb_logs
SELECT
  CASE
    WHEN contains(split(actions_executed, ','), 'waf-failed') THEN 'the firewall could not be asked'
    WHEN classification IN ('Ambiguous', 'Severe') THEN 'desync: ' || classification
    ELSE 'stopped by the firewall'
  END AS finding,
  classification_reason,
  elb_status_code,
  client_ip,
  count(*) AS requests,
  min(time) AS first_seen,
  max(time) AS last_seen,
  max_by(request_url, time) AS last_url
FROM alb_logs
WHERE classification IN ('Ambiguous', 'Severe')
  OR contains(split(actions_executed, ','), 'waf-failed')
  OR (contains(split(actions_executed, ','), 'waf') AND elb_status_code = 403 AND target_ip = '')
GROUP BY 1, 2, 3, 4
ORDER BY requests DESC, finding, client_ip
