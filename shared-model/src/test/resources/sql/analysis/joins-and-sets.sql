-- join on open columns
SELECT c.email, o.amount FROM customers c JOIN orders o ON o.customer_id = c.id

-- join on a protected column
SELECT o.amount FROM customers c JOIN orders o ON o.status = c.ssn

-- using: the merged column comes first
SELECT * FROM (SELECT id, email FROM customers) c JOIN (SELECT id, amount FROM orders) o USING (id)

-- natural join
SELECT * FROM (SELECT id, email FROM customers) c NATURAL JOIN (SELECT id, amount FROM orders) o

-- asof join
SELECT o.id FROM orders o ASOF JOIN (SELECT id, ordered_at AS t FROM orders) p MATCH_CONDITION (o.ordered_at >= p.t) ON o.id = p.id

-- union by position: either branch
SELECT city FROM customers UNION ALL SELECT email FROM customers

-- union by position: open branches
SELECT city FROM customers UNION ALL SELECT status FROM orders

-- union by name
SELECT city AS a, email AS b FROM customers UNION ALL BY NAME SELECT email AS a, city AS b FROM customers

-- union distinct over a merged value compares
SELECT city FROM customers UNION SELECT email FROM customers

-- intersect compares
SELECT email FROM customers INTERSECT SELECT status FROM orders

-- values
SELECT * FROM (VALUES (1, 'a'), (2, 'b')) v (x, email)

-- lateral subquery
SELECT c.city, x.n FROM customers c, LATERAL (SELECT COUNT(*) AS n FROM orders o WHERE o.customer_id = c.id) x
