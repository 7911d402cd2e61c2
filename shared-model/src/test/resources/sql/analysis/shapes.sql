-- pivot of a protected value
SELECT * FROM (SELECT city, email FROM customers) PIVOT(MAX(email) FOR city IN ('Bern', 'Bonn'))

-- pivot of an open value
SELECT * FROM (SELECT city, id FROM customers) PIVOT(MAX(id) FOR city IN ('Bern', 'Bonn'))

-- pivot with any: the number of columns is not known
SELECT * FROM (SELECT city, id FROM customers) PIVOT(MAX(id) FOR city IN (ANY))

-- pivot with any: a column of it by name
SELECT "'Bern'" FROM (SELECT city, email FROM customers) PIVOT(MAX(email) FOR city IN (ANY))

-- unpivot of protected columns
SELECT * FROM (SELECT id, email, ssn FROM customers) UNPIVOT(v FOR n IN (email, ssn))

-- unpivot of open columns
SELECT * FROM (SELECT id, city, 'x' AS x FROM customers) UNPIVOT(v FOR n IN (city, x))

-- flatten of a protected value
SELECT f.index, f.key, f.value FROM notes, LATERAL FLATTEN(meta) f

-- flatten of an open value
SELECT f.index, f.key, f.value FROM orders, LATERAL FLATTEN(details) f

-- split of a protected value
SELECT s.index, s.value FROM customers, LATERAL SPLIT_TO_TABLE(email, '@') s

-- match_recognize: everything counts
SELECT * FROM (SELECT id, city, email FROM customers) MATCH_RECOGNIZE (PARTITION BY city ORDER BY id MEASURES FIRST(id) AS f ONE ROW PER MATCH PATTERN (a b) DEFINE b AS id > 1)

-- staged files
SELECT $1, $2:a FROM @my_stage/x (FILE_FORMAT => 'f')

-- table function that nobody knows
SELECT t.a FROM TABLE(my_udtf(1)) t

-- result of an earlier query
SELECT * FROM TABLE(RESULT_SCAN('owned-3'))

-- time travel by name
SELECT email, city FROM customers AT (OFFSET => -60)

-- sample
SELECT city FROM customers SAMPLE (10)

-- hierarchy
SELECT LEVEL, id FROM orders START WITH customer_id IS NULL CONNECT BY customer_id = PRIOR id

-- metadata view
SELECT table_name FROM information_schema.tables

-- steps of a flow
SELECT id, email, city FROM customers ->> SELECT city, email FROM $1

-- show and its rows
SHOW TABLES ->> SELECT "name" FROM $1

-- pivot with any over protected values: every column from the first value on
SELECT * FROM (SELECT id, city, email FROM customers) PIVOT(MAX(email) FOR city IN (ANY))

-- pivot with a subquery, and columns behind it
SELECT p.*, c.ssn FROM (SELECT status, amount FROM orders) PIVOT(MAX(amount) FOR status IN (SELECT status FROM orders)) p CROSS JOIN customers c

-- pivot with any over a table that is not catalogued
SELECT * FROM not_catalogued PIVOT(MAX(a) FOR b IN (ANY))
