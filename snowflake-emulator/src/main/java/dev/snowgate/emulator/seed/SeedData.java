package dev.snowgate.emulator.seed;

import dev.snowgate.emulator.EmulatorOptions;
import dev.snowgate.emulator.engine.DuckDb;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** Creates the databases PROD and DEV with invented content; what is there already stays. */
public final class SeedData {
    private static final String NAME =
            "(['Ada','Bram','Chiara','Dario','Elif','Femi','Greta','Hugo','Ines','Jonas','Kaja','Luan','Mira','Nils','Oona','Paul'])[1 + i % 16]"
                    + " || ' ' || (['Aalto','Berg','Costa','Dumont','Eriksen','Fischer','Garcia','Haas','Ivanova','Jansen','Keller','Lindqvist','Moreau','Novak','Okafor'])[1 + (i // 16) % 15]";
    private final DuckDb duckDb;
    private final EmulatorOptions options;

    public SeedData(DuckDb duckDb, EmulatorOptions options) {
        this.duckDb = duckDb;
        this.options = options;
    }

    public void load() throws SQLException {
        duckDb.createDatabase("PROD");
        duckDb.createDatabase("DEV");
        if (duckDb.hasSchema("PROD", "CRM")) {
            return;
        }
        try (Connection connection = duckDb.open();
                Statement statement = connection.createStatement()) {
            for (String sql : statements()) {
                statement.execute(sql);
            }
        }
        duckDb.run("INSERT INTO \"_SF\".\"META\".\"VIEWS\" VALUES ('PROD', 'ANALYTICS', 'CUSTOMER_CONTACTS', "
                + DuckDb.literal(
                        "create view PROD.ANALYTICS.CUSTOMER_CONTACTS as select customer_id, full_name, email as contact from PROD.CRM.CUSTOMERS")
                + ")");
    }

    private List<String> statements() {
        int customers = Math.max(1, options.customers());
        return List.of(
                "CREATE SCHEMA PROD.CRM",
                "CREATE SCHEMA PROD.SUPPORT",
                "CREATE SCHEMA PROD.ANALYTICS",
                "CREATE SCHEMA PROD.FINANCE",
                "CREATE SCHEMA DEV.SANDBOX",
                "CREATE TABLE PROD.CRM.CUSTOMERS AS SELECT (10000 + i)::BIGINT AS CUSTOMER_ID, " + NAME
                        + " AS FULL_NAME,"
                        + " lower(replace(" + NAME
                        + ", ' ', '.')) || i || '@example.' || (['com','org','net'])[1 + i % 3] AS EMAIL,"
                        + " '+1 555 ' || lpad((i * 7919 % 10000000)::VARCHAR, 7, '0') AS PHONE,"
                        + " lpad((100 + i * 31 % 800)::VARCHAR, 3, '0') || '-' || lpad((10 + i * 17 % 90)::VARCHAR, 2, '0') || '-' || lpad((i * 7907 % 10000)::VARCHAR, 4, '0') AS SSN,"
                        + " DATE '1950-01-01' + (i * 37 % 20000)::INTEGER AS BIRTH_DATE,"
                        + " (['Lisbon','Oslo','Berlin','Lyon','Turin','Gdansk','Ghent','Austin','Osaka','Lagos'])[1 + i % 10] AS CITY,"
                        + " (['PT','NO','DE','FR','IT','PL','BE','US','JP','NG'])[1 + i % 10] AS COUNTRY,"
                        + " (['CONSUMER','SMALL_BUSINESS','ENTERPRISE'])[1 + i * 7 % 3] AS SEGMENT,"
                        + " TIMESTAMP '2021-01-01 08:00:00' + to_minutes(i * 97 % 2500000) AS CREATED_AT FROM range("
                        + options.customers() + ") t(i)",
                "CREATE TABLE PROD.CRM.ORDERS AS SELECT (500000 + i)::BIGINT AS ORDER_ID, (10000 + i * 7 % " + customers
                        + ")::BIGINT AS CUSTOMER_ID,"
                        + " TIMESTAMP '2023-01-01 00:00:00' + to_minutes(i * 13 % 1900000) AS ORDERED_AT,"
                        + " (['PLACED','SHIPPED','DELIVERED','RETURNED','CANCELLED'])[1 + i * 11 % 5] AS STATUS,"
                        + " ((i * 7919 % 500000) / 100.0)::DECIMAL(12,2) AS AMOUNT, (['EUR','USD','JPY'])[1 + i % 3] AS CURRENCY FROM range("
                        + options.orders() + ") t(i)",
                "CREATE TABLE PROD.SUPPORT.TICKETS AS SELECT (70000 + i)::BIGINT AS TICKET_ID, (10000 + i * 3 % "
                        + customers + ")::BIGINT AS CUSTOMER_ID,"
                        + " TIMESTAMP '2025-01-01 09:00:00' + to_minutes(i * 41 % 900000) AS OPENED_AT, (['OPEN','PENDING','SOLVED'])[1 + i % 3] AS STATUS,"
                        + " (['LOW','NORMAL','HIGH','URGENT'])[1 + i * 5 % 4] AS PRIORITY,"
                        + " (['Invoice is wrong','Parcel did not arrive','Can not sign in','Cancel my plan'])[1 + i % 4] AS SUBJECT,"
                        + " CASE i % 5 WHEN 0 THEN 'Please write to person' || i || '@example.org about my order.'"
                        + " WHEN 1 THEN 'Call me at +1 555 ' || lpad((i * 7919 % 10000000)::VARCHAR, 7, '0') || ' after six.'"
                        + " WHEN 2 THEN 'My card 4111 1111 1111 ' || lpad((i % 10000)::VARCHAR, 4, '0') || ' was charged twice.'"
                        + " ELSE 'The parcel was damaged when it came. Order ' || (500000 + i)::VARCHAR || '.' END AS BODY,"
                        + " json_object('channel', (['web','mail','phone'])[1 + i % 3], 'tags', json_array('t' || (i % 7), 'auto'), 'score', i % 100,"
                        + " 'contact', json_object('email', 'person' || i || '@example.org')) AS META FROM range("
                        + options.tickets() + ") t(i)",
                "CREATE VIEW PROD.ANALYTICS.CUSTOMER_CONTACTS AS SELECT CUSTOMER_ID, FULL_NAME, EMAIL AS CONTACT FROM PROD.CRM.CUSTOMERS",
                "CREATE TABLE PROD.ANALYTICS.CHURN_OUTREACH (CUSTOMER_ID BIGINT, REASON VARCHAR, SCORE DECIMAL(5,2), CREATED_AT TIMESTAMP)",
                "CREATE TABLE PROD.FINANCE.PAYMENTS AS SELECT (900000 + i)::BIGINT AS PAYMENT_ID, (500000 + i)::BIGINT AS ORDER_ID,"
                        + " 'DE' || lpad((i * 104729 % 100000000)::VARCHAR, 20, '0') AS IBAN, ((i * 7919 % 500000) / 100.0)::DECIMAL(12,2) AS AMOUNT,"
                        + " DATE '2023-01-01' + (i % 900)::INTEGER AS PAID_ON FROM range("
                        + Math.min(options.orders(), 20000) + ") t(i)",
                "CREATE TABLE DEV.SANDBOX.CUSTOMERS_SAMPLE AS SELECT (i + 1)::BIGINT AS CUSTOMER_ID, 'Sample ' || (i + 1) AS FULL_NAME,"
                        + " 'sample' || (i + 1) || '@example.invalid' AS EMAIL, (['DE','FR','US'])[1 + i % 3] AS COUNTRY FROM range(200) t(i)",
                "CREATE TABLE DEV.SANDBOX.ORDERS_SAMPLE AS SELECT (i + 1)::BIGINT AS ORDER_ID, (1 + i % 200)::BIGINT AS CUSTOMER_ID,"
                        + " ((i * 37 % 9000) / 100.0)::DECIMAL(12,2) AS AMOUNT, TIMESTAMP '2026-01-01 00:00:00' + to_hours(i) AS ORDERED_AT FROM range(1000) t(i)",
                "CREATE TABLE DEV.SANDBOX.EXPERIMENTS (EXPERIMENT_ID BIGINT, NAME VARCHAR, STARTED_ON DATE, RESULT DOUBLE)",
                "INSERT INTO DEV.SANDBOX.EXPERIMENTS VALUES (1, 'discount banner', DATE '2026-02-01', 0.12), (2, 'shorter form', DATE '2026-03-01', 0.31)");
    }
}
