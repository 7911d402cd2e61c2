-- function of a protected value
SELECT UPPER(email), UPPER(city) FROM customers

-- cast
SELECT ssn::NUMBER, id::VARCHAR FROM customers

-- case: the condition counts
SELECT CASE WHEN ssn = '1' THEN 'a' ELSE 'b' END FROM customers

-- case: open condition, protected result
SELECT CASE WHEN city = 'Bern' THEN email ELSE 'b' END FROM customers

-- case: open condition and result
SELECT CASE WHEN city = 'Bern' THEN id ELSE 0 END FROM customers

-- comparison shown as a value
SELECT salary > 100 FROM customers

-- path and subscript
SELECT meta:a.b[0]::VARCHAR FROM notes

-- path and subscript of an open value
SELECT details:a.b[0]::VARCHAR FROM orders

-- object of a star
SELECT OBJECT_CONSTRUCT(*) FROM customers

-- object of open columns
SELECT OBJECT_CONSTRUCT('id', id, 'city', city) FROM customers

-- hash of all columns
SELECT HASH(*) FROM customers

-- lambda
SELECT TRANSFORM(ARRAY_CONSTRUCT(email), x -> x || '!'), TRANSFORM(ARRAY_CONSTRUCT(city), x -> x || '!') FROM customers

-- function that nobody knows
SELECT my_udf(city) FROM customers

-- function of a model outside
SELECT AI_COMPLETE('m', city) FROM customers

-- division by a protected value can fail
SELECT 1 / (salary - 5) FROM customers

-- division of a protected value
SELECT salary / 12 FROM customers
