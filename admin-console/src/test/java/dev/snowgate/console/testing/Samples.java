package dev.snowgate.console.testing;

import dev.snowgate.masking.MaskFunction;
import dev.snowgate.sql.Effect;
import dev.snowgate.sql.StatementKind;

/** The statements of the sample contents. */
public final class Samples {
    private static final String CUSTOMERS = "PROD.CRM.CUSTOMERS";
    private static final String ORDERS = "PROD.CRM.ORDERS";
    private static final String TICKETS = "PROD.SUPPORT.TICKETS";

    private Samples() {}

    public static Sample churn() {
        return Sample.of("Replace table PROD.ANALYTICS.CHURN_OUTREACH", StatementKind.CREATE_TABLE_AS, """
                        CREATE OR REPLACE TABLE PROD.ANALYTICS.CHURN_OUTREACH AS
                        SELECT c.customer_id,
                               c.email,
                               c.phone,
                               SUM(o.amount)      AS spend_12m,
                               MAX(o.ordered_at)  AS last_order
                          FROM PROD.CRM.CUSTOMERS AS c
                          JOIN PROD.CRM.ORDERS    AS o ON o.customer_id = c.customer_id
                         WHERE c.email NOT LIKE '%@acme.com'
                         GROUP BY ALL
                        HAVING MAX(o.ordered_at) < DATEADD('month', -6, CURRENT_DATE())
                        -- Refresh the outreach list before the Q4 forecast, task FC-1183.""")
                .touches(Effect.CREATE, "PROD.ANALYTICS.CHURN_OUTREACH")
                .touches(Effect.READ, CUSTOMERS, ORDERS)
                .reads(CUSTOMERS + ".CUSTOMER_ID", CUSTOMERS + ".PHONE", ORDERS + ".AMOUNT", ORDERS + ".ORDERED_AT")
                .filtersOn(CUSTOMERS + ".EMAIL")
                .writes("PROD.ANALYTICS.CHURN_OUTREACH.EMAIL", CUSTOMERS + ".EMAIL")
                .flag("or-replace");
    }

    public static Sample readCustomers() {
        return Sample.of("Read 214,000 rows, PROD.CRM.CUSTOMERS", StatementKind.SELECT, """
                        SELECT full_name, email, phone
                          FROM PROD.CRM.CUSTOMERS""")
                .touches(Effect.READ, CUSTOMERS)
                .gives("FULL_NAME", CUSTOMERS + ".FULL_NAME", MaskFunction.INITIALS, "name")
                .gives("EMAIL", CUSTOMERS + ".EMAIL", MaskFunction.EMAIL, "email")
                .gives("PHONE", CUSTOMERS + ".PHONE", MaskFunction.LAST4, "phone");
    }

    public static Sample updateTickets() {
        return Sample.of("Update PROD.SUPPORT.TICKETS", StatementKind.UPDATE, """
                        UPDATE PROD.SUPPORT.TICKETS
                           SET status = 'closed'
                         WHERE ticket_id IN ('TK-40118', 'TK-40121')""")
                .touches(Effect.WRITE, TICKETS)
                .reads(TICKETS + ".TICKET_ID", TICKETS + ".STATUS");
    }

    public static Sample deleteOrders() {
        return Sample.of("Delete PROD.CRM.ORDERS", StatementKind.DELETE, """
                        DELETE FROM PROD.CRM.ORDERS
                         WHERE ordered_at < '2019-01-01'""")
                .touches(Effect.WRITE, ORDERS)
                .reads(ORDERS + ".ORDERED_AT");
    }

    public static Sample addColumn() {
        return Sample.of(
                        "Add RISK_SCORE to PROD.CRM.ORDERS",
                        StatementKind.ALTER_TABLE,
                        "ALTER TABLE PROD.CRM.ORDERS ADD COLUMN risk_score NUMBER(5, 2)")
                .touches(Effect.ALTER, ORDERS);
    }

    public static Sample closeMonth() {
        return Sample.of(
                        "Call PROD.FINANCE.CLOSE_MONTH", StatementKind.CALL, "CALL PROD.FINANCE.CLOSE_MONTH('2026-10')")
                .touches(Effect.CODE, "PROD.FINANCE.CLOSE_MONTH");
    }

    public static Sample readTickets() {
        return Sample.of("Read PROD.SUPPORT.TICKETS", StatementKind.SELECT, """
                        SELECT t.ticket_id, t.opened_at,
                               c.full_name, c.email, c.phone, t.subject
                          FROM PROD.SUPPORT.TICKETS t
                          JOIN PROD.CRM.CUSTOMERS   c ON c.customer_id = t.customer_id
                         WHERE t.status = 'open' AND t.priority = 'urgent'
                         ORDER BY t.opened_at""")
                .touches(Effect.READ, TICKETS, CUSTOMERS)
                .reads(TICKETS + ".STATUS", TICKETS + ".PRIORITY")
                .gives("TICKET_ID")
                .gives("OPENED_AT")
                .gives("FULL_NAME", CUSTOMERS + ".FULL_NAME", MaskFunction.INITIALS, "name")
                .gives("EMAIL", CUSTOMERS + ".EMAIL", MaskFunction.EMAIL, "email")
                .gives("PHONE", CUSTOMERS + ".PHONE", MaskFunction.LAST4, "phone")
                .gives("SUBJECT");
    }

    public static Sample countTickets() {
        return Sample.of(
                        "Count PROD.SUPPORT.TICKETS",
                        StatementKind.SELECT,
                        "SELECT status, COUNT(*) AS n\n  FROM PROD.SUPPORT.TICKETS\n GROUP BY status")
                .touches(Effect.READ, TICKETS)
                .gives("STATUS")
                .gives("N");
    }

    public static Sample unload() {
        return Sample.of(
                        "Copy out PROD.CRM.CUSTOMERS",
                        StatementKind.COPY_UNLOAD,
                        "COPY INTO @~/export FROM PROD.CRM.CUSTOMERS")
                .touches(Effect.UNLOAD, CUSTOMERS);
    }

    public static Sample showWarehouses() {
        return Sample.of("Show warehouses", StatementKind.SHOW, "SHOW WAREHOUSES");
    }
}
