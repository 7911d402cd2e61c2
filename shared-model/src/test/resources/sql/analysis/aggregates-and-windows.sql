-- count of rows
SELECT COUNT(*) FROM customers

-- count of a bare protected column
SELECT COUNT(email), COUNT(DISTINCT email) FROM customers

-- count of a computed protected value
SELECT COUNT(IFF(ssn = '1', 1, NULL)) FROM customers

-- maximum
SELECT MAX(email), MAX(city) FROM customers

-- grouped by a protected column
SELECT email, COUNT(*) FROM customers GROUP BY email

-- grouped by an open column
SELECT city, COUNT(*) FROM customers GROUP BY city

-- having over a protected value
SELECT city FROM customers GROUP BY city HAVING MAX(salary) > 5

-- rank over an open order
SELECT ROW_NUMBER() OVER (PARTITION BY city ORDER BY id) FROM customers

-- rank over a protected order
SELECT ROW_NUMBER() OVER (ORDER BY salary) FROM customers

-- window over a protected value
SELECT LAG(email) OVER (ORDER BY id) FROM customers

-- qualify over a protected value
SELECT id FROM customers QUALIFY ROW_NUMBER() OVER (ORDER BY salary) = 1

-- sorted by a position
SELECT id, email FROM customers ORDER BY 2

-- sorted by an open column
SELECT id, email FROM customers ORDER BY 1

-- distinct
SELECT DISTINCT email FROM customers

-- listagg ordered by a protected column
SELECT LISTAGG(city, ',') WITHIN GROUP (ORDER BY email) FROM customers
