package dev.snowgate.gateway.pipeline;

import dev.snowgate.catalog.CatalogObject;
import dev.snowgate.codec.Encoding;
import dev.snowgate.gateway.approval.UsedGrant;
import dev.snowgate.gateway.statement.AnalysedStatement;
import dev.snowgate.gateway.statement.ClearedDescribe;
import dev.snowgate.gateway.statement.ClearedStatement;
import dev.snowgate.gateway.statement.Statement;
import dev.snowgate.gateway.statement.UpstreamCall;
import dev.snowgate.model.agent.PersonId;
import dev.snowgate.model.statement.SessionContext;
import dev.snowgate.policy.Decision;
import dev.snowgate.policy.Obligations;
import dev.snowgate.sql.ExecutedText;
import dev.snowgate.sql.SqlAnalysis;
import dev.snowgate.sql.StatementAnalysis;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/** Composes exactly what will be sent and the digests that tie a proof or an approval to it. Pure. */
final class Clearance {
    private static final String DIGEST_FORM = "snowgate-approval-1";

    private Clearance() {}

    static ClearedStatement allowed(AnalysedStatement analysed, Decision.Allow allow, UUID requestId) {
        return ClearedStatement.allowed(call(analysed, allow.obligations(), requestId), allow);
    }

    static ClearedStatement granted(
            AnalysedStatement analysed, Decision.RequireApproval decision, UsedGrant grant, UUID requestId) {
        return ClearedStatement.granted(call(analysed, decision.obligations(), requestId), grant, decision);
    }

    static ClearedDescribe describe(AnalysedStatement analysed, Decision.Allow allow, UUID requestId) {
        return ClearedDescribe.of(call(analysed, allow.obligations(), requestId), allow);
    }

    static ClearedDescribe describe(AnalysedStatement analysed, Decision.RequireApproval decision, UUID requestId) {
        return ClearedDescribe.of(call(analysed, decision.obligations(), requestId), decision);
    }

    /**
     * What an approval covers: the text as it will run, its bindings, who asks, where, the whole context, and the facts that
     * the reviewer saw: objects with their definitions, and the masks.
     */
    static byte[] approvalDigest(AnalysedStatement analysed, Obligations obligations) {
        Statement statement = analysed.statement();
        Digest digest = new Digest()
                .add(DIGEST_FORM)
                .add(executed(analysed).text())
                .add(statement.bindings().digest())
                .add(statement.session().principal().agent().value())
                .add(statement
                        .session()
                        .principal()
                        .person()
                        .map(PersonId::claim)
                        .orElse(""))
                .add(statement.dialect().name())
                .add(canonicalContext(statement.context()))
                .add(pairs(statement.parameters()))
                .add(obligations.masks().toString());
        for (StatementAnalysis one : analysed.statements()) {
            digest.add(one.kind().name()).add(new TreeSet<>(one.effects()).toString());
            one.objects().stream()
                    .map(use -> use + definition(analysed, use.name()))
                    .sorted()
                    .forEach(digest::add);
        }
        return digest.bytes();
    }

    /** The whole context but its epoch, in an order that is the same in every process. */
    private static String canonicalContext(SessionContext context) {
        return List.of(
                        context.account(),
                        context.user(),
                        context.role(),
                        names(context.secondaryRoles()),
                        context.warehouse(),
                        context.database(),
                        context.schema(),
                        context.searchPath(),
                        pairs(context.parameters()),
                        names(context.variables()),
                        names(context.temporaryObjects()),
                        Encoding.SESSION_CONTEXT.encodeText(context.withEpoch(0)),
                        context.transaction(),
                        context.autocommit())
                .toString();
    }

    /** In one order, each with its length: names and values come from outside and may hold any separator. */
    private static String names(Collection<String> names) {
        StringBuilder text = new StringBuilder();
        names.stream()
                .sorted()
                .forEach(name -> text.append(name.length()).append(':').append(name));
        return text.toString();
    }

    private static String pairs(Map<String, String> values) {
        StringBuilder text = new StringBuilder();
        new TreeMap<>(values)
                .forEach((name, value) ->
                        text.append(names(List.of(name))).append('=').append(names(List.of(value))));
        return text.toString();
    }

    private static String definition(AnalysedStatement analysed, dev.snowgate.catalog.ObjectName name) {
        Optional<CatalogObject> object = analysed.catalog().find(name);
        return object.map(o -> o.columns() + "|" + o.definition()).orElse("unknown");
    }

    private static UpstreamCall call(AnalysedStatement analysed, Obligations obligations, UUID requestId) {
        Statement statement = analysed.statement();
        requirePermitted(
                obligations.warehouses(), statement.context().warehouse().orElse(""), "warehouse");
        requirePermitted(obligations.roles(), statement.context().role(), "role");
        return new UpstreamCall(
                statement.id(),
                statement.session(),
                executed(analysed).text(),
                statement.bindings(),
                statement.parameters(),
                statement.context(),
                analysed.statements().size(),
                smaller(
                        statement.timeoutSeconds(),
                        obligations.statementTimeout().map(d -> d.toSeconds())),
                smaller(statement.rowLimit(), obligations.rowLimit()),
                QueryTag.of(statement, executed(analysed).comments()),
                requestId,
                statement.async());
    }

    /** The decision refused others already; what is composed is compared once more with what was decided. */
    private static void requirePermitted(Set<String> permitted, String name, String what) {
        if (!permitted.isEmpty() && !permitted.contains(name)) {
            throw new IllegalStateException("the statement was decided for another " + what);
        }
    }

    static ExecutedText executed(AnalysedStatement analysed) {
        return switch (analysed.analysis()) {
            case SqlAnalysis.Understood understood -> understood.executed();
            case SqlAnalysis.NotUnderstood ignored ->
                throw new IllegalStateException("a statement that is not understood has no executed text");
        };
    }

    /** Zero means "no limit" in Snowflake's own parameters, so it never wins against a limit. */
    private static OptionalLong smaller(OptionalLong client, Optional<Long> policy) {
        long most = Long.MAX_VALUE;
        long fromClient = client.isPresent() && client.getAsLong() > 0 ? client.getAsLong() : most;
        long least = Math.min(fromClient, policy.orElse(most));
        return least == most ? OptionalLong.empty() : OptionalLong.of(least);
    }

    /** The digest of the request for idempotence: text, bindings, parameters and what was asked of it. */
    static byte[] requestDigest(Statement statement) {
        return new Digest()
                .add(statement.text())
                .add(statement.bindings().digest())
                .add(pairs(statement.parameters()))
                .add(Objects.toString(statement.statementCount()))
                .add(statement.describeOnly() ? "describe" : "run")
                .add(List.of(
                                statement.context().role(),
                                statement.context().warehouse().orElse(""),
                                statement.context().database().orElse(""),
                                statement.context().schema().orElse(""))
                        .toString())
                .bytes();
    }

    /** SHA-256 over parts, each with its length, so that no two lists of parts give the same bytes. */
    private static final class Digest {
        private final MessageDigest sha;

        Digest() {
            try {
                sha = MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("SHA-256 is part of every JDK", e);
            }
        }

        Digest add(String part) {
            return add(part.getBytes(StandardCharsets.UTF_8));
        }

        Digest add(byte[] part) {
            sha.update(ByteBuffer.allocate(4).putInt(part.length).array());
            sha.update(part);
            return this;
        }

        byte[] bytes() {
            return sha.digest();
        }
    }
}
