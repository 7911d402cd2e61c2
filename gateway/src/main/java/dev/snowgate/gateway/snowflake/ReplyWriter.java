package dev.snowgate.gateway.snowflake;

import dev.snowgate.gateway.session.OpenedSession;
import dev.snowgate.gateway.session.RenewedTokens;
import dev.snowgate.gateway.statement.GatewayException;
import dev.snowgate.gateway.statement.Outcome;
import dev.snowgate.gateway.statement.StatementStatus;
import java.util.Optional;
import reactor.core.publisher.Flux;

/** Writes one dialect's replies as bytes. */
public interface ReplyWriter {
    /** The answer to a submission. */
    Reply submitted(ProtocolExchange.StatementSubmission asked, Outcome outcome);

    /** The answer to a poll. */
    Reply polled(ProtocolExchange.ResultPoll asked, Outcome outcome);

    /** The answer to a cancel. */
    EncodedReply cancelled(Outcome outcome);

    /** A later part of a result, which comes in gzip. */
    default StreamedReply part(Flux<byte[]> body) {
        throw new UnsupportedOperationException("no parts in this dialect");
    }

    /** Any error of ours. */
    EncodedReply failure(GatewayException failure);

    /** A session was opened. */
    default EncodedReply opened(OpenedSession session) {
        throw new UnsupportedOperationException("no sessions in this dialect");
    }

    /** A session's tokens were renewed. */
    default EncodedReply renewed(RenewedTokens tokens) {
        throw new UnsupportedOperationException("no sessions in this dialect");
    }

    /** Done, with nothing to say: heartbeat, log-out. */
    default EncodedReply done() {
        throw new UnsupportedOperationException("no sessions in this dialect");
    }

    /** Telemetry was taken. */
    default EncodedReply telemetryTaken() {
        throw new UnsupportedOperationException("no telemetry in this dialect");
    }

    /** How a statement is doing; empty if the id is unknown to the one who asks. */
    default EncodedReply status(ProtocolExchange.QueryStatus asked, Optional<StatementStatus> known) {
        throw new UnsupportedOperationException("no monitoring in this dialect");
    }
}
