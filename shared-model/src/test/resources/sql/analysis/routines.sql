-- a function that reads a protected column
SELECT id, mail_of(customer_id) AS mail FROM orders

-- a function that reads an open column
SELECT id, city_of(customer_id) AS city FROM orders

-- an argument left out
SELECT plus_tax(amount) FROM orders

-- a function that compares what it is given with a protected column
SELECT is_ssn('123')

-- overloads
SELECT pick(1)

-- rows of a function beside a table
SELECT o.id, p.who, p.where_to FROM orders o, TABLE(people_in(o.status)) p

-- a function that nobody can read
SELECT py_up('a')

-- JavaScript of open columns
SELECT js_up(city) FROM customers

-- an external function
SELECT outside('a')

-- the rows of a procedure
CALL mails('Bern')

-- a value of a procedure is what it is given
CALL echo((SELECT MAX(ssn) FROM customers))

-- a procedure that copies protected values
CALL keep_ssn()

-- a procedure that makes a temporary table
CALL hides()

-- a procedure whose text is not known
CALL run_text('select 1')

-- a procedure in the session of the caller or its own schema
CALL dev.play.fill_either()

-- a call inside a script
BEGIN LET x VARCHAR; CALL echo((SELECT MAX(email) FROM customers)) INTO :x; RETURN x; END
