-- use database
USE DATABASE dev

-- use schema
USE SCHEMA dev.play

-- use warehouse
USE WAREHOUSE w

-- use role
USE ROLE r

-- use secondary roles
USE SECONDARY ROLES NONE

-- alter session
ALTER SESSION SET QUERY_TAG = 'x'

-- set a variable from a protected value
SET v = (SELECT MAX(ssn) FROM customers)

-- unset
UNSET v

-- begin
BEGIN TRANSACTION

-- commit
COMMIT

-- rollback
ROLLBACK

-- call
CALL p(1)

-- execute a task
EXECUTE TASK t

-- literal of a statement
EXECUTE IMMEDIATE 'SELECT email FROM customers'

-- literal of a block
EXECUTE IMMEDIATE $$ BEGIN RETURN (SELECT MAX(city) FROM customers); END $$

-- script that returns a protected value
BEGIN LET x := (SELECT MAX(email) FROM customers); RETURN x; END

-- script that returns an open value
BEGIN LET x := (SELECT MAX(city) FROM customers); RETURN x; END

-- script that decides by a protected value
BEGIN IF ((SELECT MAX(salary) FROM customers) > 100) THEN RETURN 1; END IF; RETURN 0; END

-- script that decides by a count
BEGIN IF ((SELECT COUNT(*) FROM customers) > 100) THEN RETURN 1; END IF; RETURN 0; END

-- script that returns rows
DECLARE r RESULTSET DEFAULT (SELECT id, email, city FROM customers); BEGIN RETURN TABLE(r); END

-- script that writes what it read
BEGIN FOR r IN (SELECT ssn, city FROM customers) DO LET v := r.ssn; LET c := r.city; INSERT INTO scratch VALUES (:v, :c); END FOR; END

-- message of an error
BEGIN SELECT email::INT FROM customers; EXCEPTION WHEN OTHER THEN RETURN SQLERRM; END

-- message of an error without protected values
BEGIN SELECT city::INT FROM customers; EXCEPTION WHEN OTHER THEN RETURN SQLCODE; END

-- procedure
CREATE PROCEDURE p() RETURNS VARCHAR LANGUAGE SQL AS $$ BEGIN RETURN (SELECT MAX(ssn) FROM customers); END $$

-- procedure of open values
CREATE PROCEDURE p() RETURNS VARCHAR LANGUAGE SQL AS $$ BEGIN RETURN (SELECT MAX(city) FROM customers); END $$

-- procedure with a text that is not known
CREATE PROCEDURE p(q VARCHAR) RETURNS VARCHAR LANGUAGE SQL AS $$ BEGIN EXECUTE IMMEDIATE :q; END $$

-- function over a table
CREATE FUNCTION f() RETURNS TABLE (e VARCHAR) AS 'SELECT email FROM customers'

-- function of its parameters
CREATE FUNCTION f(a INT) RETURNS INT AS 'a + 1'

-- procedure without a name
WITH p AS PROCEDURE (x INT) RETURNS INT LANGUAGE SQL AS $$ BEGIN RETURN x + 1; END $$ CALL p(1)

-- several statements, each in what those before it leave
CREATE TEMPORARY TABLE tmp AS SELECT email AS a FROM customers; SELECT a FROM tmp

-- text that is not known
EXECUTE IMMEDIATE $v

-- object that is not known
SELECT * FROM IDENTIFIER($v)

-- time travel with a star
SELECT * FROM customers AT (OFFSET => -60)

-- time travel: a column of a star by name
SELECT email FROM (SELECT * FROM customers BEFORE (STATEMENT => '01a'))

-- time travel: a place
SELECT $1 FROM orders AT (OFFSET => -60)

-- changes
SELECT * FROM orders CHANGES (INFORMATION => DEFAULT) AT (OFFSET => -60)

-- kinds inside of a script
BEGIN DELETE FROM scratch; EXECUTE IMMEDIATE 'DROP TABLE scratch'; TRUNCATE TABLE orders; END
