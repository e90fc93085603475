-- description: TLS versions and ciphers in use; those before TLS 1.2 are to be switched off.
-- table: alb_logs
SELECT
  ssl_protocol,
  ssl_cipher,
  ssl_protocol IN ('TLSv1', 'TLSv1.1') AS outdated,
  count(*) AS requests,
  count(DISTINCT client_ip) AS clients,
  max_by(user_agent, time) AS last_user_agent
FROM alb_logs
WHERE ssl_protocol <> '-'
GROUP BY ssl_protocol, ssl_cipher
ORDER BY outdated DESC, requests DESC, ssl_protocol, ssl_cipher
