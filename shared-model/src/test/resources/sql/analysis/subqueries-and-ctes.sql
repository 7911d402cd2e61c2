-- common table expression
WITH c AS (SELECT id, email AS e, city FROM customers) SELECT e FROM c

-- common table expression, open column
WITH c AS (SELECT id, email AS e, city FROM customers) SELECT city FROM c

-- recursion reaches a fixed point
WITH RECURSIVE r (a, b, n) AS (SELECT city, email, 1 FROM customers UNION ALL SELECT b, a, n + 1 FROM r WHERE n < 3) SELECT a, n FROM r

-- a table expression hides a table only where it is seen
SELECT * FROM (WITH orders AS (SELECT email FROM customers) SELECT * FROM orders) x, (SELECT id FROM orders) y

-- scalar subquery is a value
SELECT city, (SELECT MAX(ssn) FROM customers) FROM customers

-- scalar subquery over open columns
SELECT city, (SELECT MAX(amount) FROM orders) FROM customers

-- exists over a protected condition
SELECT id FROM orders o WHERE EXISTS (SELECT 1 FROM customers c WHERE c.ssn = o.status)

-- exists over open conditions
SELECT id FROM orders o WHERE EXISTS (SELECT 1 FROM customers c WHERE c.id = o.customer_id)

-- in a subquery of protected values
SELECT id FROM orders WHERE status IN (SELECT ssn FROM customers)

-- correlated column of the query around
SELECT (SELECT email) FROM customers

-- view over a protected column
SELECT contact, city FROM v_cust

-- view of a view
SELECT top_mail, id FROM v_nested

-- view with a mark of its own
SELECT masked_here FROM v_marked

-- view without a readable definition
SELECT x FROM v_opaque
