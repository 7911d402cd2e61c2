package dev.snowgate.demo;

import java.io.PrintStream;

/** What a person needs to know when the demo runs. */
final class Welcome {
    private Welcome() {}

    static void print(PrintStream out, DemoState state, Ports ports) {
        out.println("Console      " + ports.consoleUrl());
        for (Cast.Person person : Cast.PEOPLE) {
            out.printf(
                    "             %-30s %s   (%s)%n",
                    person.email(), state.secret("password." + person.email()), String.join(", ", person.groups()));
        }
        out.println();
        out.println("Gateway      " + ports.gatewayUrl() + "   account " + Cast.ACCOUNT);
        out.println("Agent token  ./snowgate token support-copilot     (also forecast-agent, ledger-agent)");
        out.println();
        out.println("JDBC (the vendor's driver, from this shell)");
        out.println("  ./snowgate sql support-copilot \"select customer_id, email from customers limit 5\"");
        out.println(
                "  in a program: jdbc:snowflake://127.0.0.1:" + ports.gateway() + "/?account=" + Cast.ACCOUNT
                        + "&ssl=off&authenticator=oauth&db=PROD&schema=CRM, and the property token=<output of ./snowgate token>");
        out.println("Node (npm install snowflake-sdk)");
        out.println("  TOKEN=$(./snowgate token support-copilot) SNOWFLAKE_DISABLE_PLATFORM_DETECTION=true node -e '"
                + "const s=require(\"snowflake-sdk\");s.configure({logLevel:\"ERROR\"});const c=s.createConnection({accessUrl:\""
                + ports.gatewayUrl()
                + "\",account:\"" + Cast.ACCOUNT
                + "\",authenticator:\"OAUTH\",token:process.env.TOKEN,database:\"PROD\","
                + "schema:\"CRM\"});c.connect((e)=>{if(e)throw e;c.execute({sqlText:\"select customer_id, email from customers"
                + " limit 5\",complete:(e,st,rows)=>{console.log(e?e.message:rows);c.destroy(()=>{})}})})'");
        out.println("Python (pip install snowflake-connector-python)");
        out.println("  TOKEN=$(./snowgate token support-copilot) python3 -c 'import os,snowflake.connector as s;"
                + "c=s.connect(account=\"" + Cast.ACCOUNT + "\",host=\"127.0.0.1\",port=" + ports.gateway()
                + ",protocol=\"http\",authenticator=\"oauth\",token=os.environ[\"TOKEN\"],database=\"PROD\",schema=\"CRM\");"
                + "print(c.cursor().execute(\"select customer_id, email from customers limit 5\").fetchall())'");
        out.println("SQL API");
        out.println(
                "  curl -s " + ports.gatewayUrl() + "/api/v2/statements -H \"Authorization: Bearer $(./snowgate token"
                        + " support-copilot)\" -H 'X-Snowflake-Authorization-Token-Type: OAUTH' -H 'Content-Type: application/json'"
                        + " -H 'User-Agent: curl' -d '{\"statement\":\"select customer_id, email from PROD.CRM.CUSTOMERS limit 5\"}'");
        out.println();
        out.println(
                "Try one that waits  ./snowgate sql forecast-agent \"update PROD.CRM.ORDERS set STATUS = 'HELD' where ORDER_ID = 500001\"");
        out.println("Logs         " + state.folder().resolve("logs"));
        out.println("Stop         Ctrl-C");
        out.flush();
    }
}
