-- star: every column in order
SELECT * FROM customers

-- star excluding the protected columns
SELECT * EXCLUDE (name, email, ssn, birth_date, salary) FROM customers

-- star renaming a protected column
SELECT * RENAME (email AS city2) FROM customers

-- star replacing an open column by a protected value
SELECT * REPLACE (email AS city) FROM customers

-- star replacing a protected column by a literal
SELECT * REPLACE ('x' AS email) FROM customers

-- star narrowed by a pattern
SELECT * ILIKE '%mail%' FROM customers

-- star narrowed to open columns
SELECT * ILIKE '%it%' FROM customers

-- quoted name in another case is another column
SELECT "EMAIL" FROM customers

-- alias equal to a protected name
SELECT city AS ssn FROM customers

-- position
SELECT $3, $6 FROM customers

-- alias used beside its definition
SELECT email AS e, e || '!' AS f, city AS g, g || '!' AS h FROM customers

-- fully qualified
SELECT prod.crm.customers.email FROM prod.crm.customers
