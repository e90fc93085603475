-- description: All requests of a trace id, in time order, with the time spent in each part.
-- table: alb_logs
-- parameter: 'Root=1-58337327-72bd00b0343d75b906739c42', the trace id or a part of it
SELECT
  time,
  trace_id,
  elb_status_code,
  target_status_code,
  request_verb,
  request_url,
  request_processing_time AS waited_for_target,
  target_processing_time AS in_target,
  response_processing_time AS answering,
  target_ip,
  client_ip
FROM alb_logs
WHERE strpos(trace_id, ?) > 0
ORDER BY time
