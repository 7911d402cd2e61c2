-- unload to a URL
COPY INTO 's3://b/x' FROM (SELECT email FROM customers)

-- unload to a stage
COPY INTO @my_stage/x FROM orders

-- unload to the user's stage
COPY INTO @~/x FROM orders

-- load
COPY INTO scratch FROM @my_stage/x

-- copy of files
COPY FILES INTO @a FROM @b

-- put
PUT file:///x/y @~

-- get
GET @my_stage file:///x

-- list
LIST @my_stage

-- remove
REMOVE @my_stage/x

-- stage
CREATE STAGE st URL = 's3://b/x'

-- grant
GRANT SELECT ON TABLE customers TO ROLE r

-- revoke
REVOKE SELECT ON TABLE customers FROM ROLE r

-- masking policy
ALTER TABLE customers MODIFY COLUMN ssn UNSET MASKING POLICY

-- account
ALTER ACCOUNT SET TIMEZONE = 'UTC'

-- user
ALTER USER u SET DISABLED = TRUE

-- role
CREATE ROLE r

-- warehouse
ALTER WAREHOUSE w SET WAREHOUSE_SIZE = 'LARGE'

-- share
CREATE SHARE s

-- integration
CREATE NOTIFICATION INTEGRATION n TYPE = EMAIL ENABLED = TRUE

-- show
SHOW TABLES IN SCHEMA crm

-- describe
DESCRIBE TABLE customers

-- explain
EXPLAIN SELECT email FROM customers

-- copy into a table from a query over tables
COPY INTO scratch (a) FROM (SELECT email FROM customers)
