package dev.snowgate.gateway.snowflake.client;

/** An HTTP reply, inflated. */
record UpstreamAnswer(int status, byte[] body) {
    @Override
    public String toString() {
        return "UpstreamAnswer[" + status + ", " + body.length + " bytes]";
    }
}
