-- insert of a protected value
INSERT INTO scratch (a) SELECT email FROM customers

-- insert of an open value
INSERT INTO scratch (a) SELECT city FROM customers

-- insert of values
INSERT INTO scratch VALUES (1, 'x')

-- insert into several tables
INSERT ALL WHEN i > 1 THEN INTO scratch (a) VALUES (e) ELSE INTO dev.play.scratch (a) VALUES (c) SELECT id AS i, email AS e, city AS c FROM customers

-- update from another table
UPDATE scratch SET a = c.email FROM customers c WHERE scratch.b = c.id

-- update filtered by a protected column
UPDATE customers SET city = 'x' WHERE ssn = '1'

-- delete
DELETE FROM scratch WHERE a = 1

-- merge
MERGE INTO scratch s USING customers c ON s.b = c.id WHEN MATCHED THEN UPDATE SET a = c.email WHEN NOT MATCHED THEN INSERT (a, b) VALUES (c.city, c.id)

-- truncate
TRUNCATE TABLE scratch

-- create table as
CREATE TABLE dev.play.t2 AS SELECT id, email FROM customers

-- create table
CREATE TABLE dev.play.t2 (id INT, email VARCHAR)

-- create view
CREATE VIEW dev.play.v2 AS SELECT id, email FROM customers

-- clone
CREATE TABLE dev.play.t2 CLONE customers

-- swap
ALTER TABLE scratch SWAP WITH customers

-- rename
ALTER TABLE customers RENAME TO dev.play.c2

-- alter view
ALTER VIEW v_cust SET COMMENT = 'x'

-- drop
DROP TABLE scratch

-- undrop
UNDROP TABLE scratch

-- comment
COMMENT ON TABLE scratch IS 'x'

-- dynamic table
CREATE DYNAMIC TABLE dev.play.d TARGET_LAG = '1 hour' WAREHOUSE = w AS SELECT email FROM customers

-- stream
CREATE STREAM s ON TABLE customers

-- task
CREATE TASK t SCHEDULE = '1 MINUTE' AS INSERT INTO scratch (a) SELECT email FROM customers

-- alter of a task
ALTER TASK t RESUME
