package dev.snowgate.gateway.pipeline;

import dev.snowgate.gateway.statement.Statement;
import dev.snowgate.model.agent.PersonId;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The QUERY_TAG that Snowflake's own history shows: agent, person and statement id first, then what the client and the first
 * comment said, so that the cut at 2,000 characters never loses ours.
 */
final class QueryTag {
    private static final int MOST = 2_000;
    private static final int MOST_COMMENT = 500;
    /** Control and format characters (bidirectional, zero-width) and line separators: they would make a history lie. */
    private static final Pattern INVISIBLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]");

    private QueryTag() {}

    static String of(Statement statement, List<String> comments) {
        StringBuilder tag = new StringBuilder("snowgate")
                .append(";agent=")
                .append(clean(statement.session().principal().agent().value()))
                .append(";person=")
                .append(clean(statement
                        .session()
                        .principal()
                        .person()
                        .map(PersonId::claim)
                        .orElse("")))
                .append(";statement=")
                .append(statement.id());
        if (!statement.queryTag().isEmpty()) {
            tag.append(";tag=").append(clean(statement.queryTag()));
        }
        if (!comments.isEmpty()) {
            tag.append(";comment=").append(clean(cut(comments.getFirst().strip(), MOST_COMMENT)));
        }
        return cut(tag.toString(), MOST);
    }

    private static String clean(String text) {
        return INVISIBLE.matcher(text.replace(';', ',')).replaceAll(" ");
    }

    private static String cut(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
        return text.substring(0, end);
    }
}
