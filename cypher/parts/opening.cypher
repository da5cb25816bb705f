// Reads a schedule, such as 周一至周五 08:30-17:00. Leaves beside what was there state: open, closed, or unknown where it
// is absent or cannot be read, on $as_of and at $hour (any time of that day where $hour is null).
CALL (schedule) {
  WITH split(schedule, ' ') AS words
  WITH words, CASE words[0] WHEN '每日' THEN [1, 2, 3, 4, 5, 6, 7] WHEN '周一至周日' THEN [1, 2, 3, 4, 5, 6, 7] WHEN '周一至周六' THEN [1, 2, 3, 4, 5, 6]
      WHEN '周一至周五' THEN [1, 2, 3, 4, 5] WHEN '工作日' THEN [1, 2, 3, 4, 5] WHEN '周末' THEN [6, 7] WHEN '周六' THEN [6] WHEN '周日' THEN [7] END AS days,
    split(words[1], '-') AS hours
  WITH days, CASE WHEN size(words) = 2 AND size(hours) = 2 AND all(h IN hours WHERE size(h) = 5 AND substring(h, 2, 1) = ':') THEN hours END AS hours,
    CASE WHEN $hour < 10 THEN '0' ELSE '' END + toString($hour) + ':00' AS time
  RETURN CASE WHEN days IS NULL OR hours IS NULL THEN 'unknown' WHEN NOT $as_of.dayOfWeek IN days THEN 'closed' WHEN $hour IS NULL THEN 'open'
      WHEN hours[0] <= hours[1] AND hours[0] <= time AND time < hours[1] THEN 'open'
      WHEN hours[0] > hours[1] AND (hours[0] <= time OR time < hours[1]) THEN 'open' ELSE 'closed' END AS state
}
