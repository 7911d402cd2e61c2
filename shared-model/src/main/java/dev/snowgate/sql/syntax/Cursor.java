package dev.snowgate.sql.syntax;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** A place in a list of tokens, with the questions that the grammar asks. */
public final class Cursor {
    private final List<Token> tokens;
    private final int[] partner;
    private final Token end;
    private final int maxDepth;
    private final Deadline deadline;
    private int at;
    private int depth;
    private boolean script;
    private boolean locks;

    /** Parentheses at which no query starts; keeps the look-ahead linear. */
    final BitSet notQuery = new BitSet();
    /** Parentheses at which no query starts inside FROM. */
    final BitSet notDerived = new BitSet();

    /** A cursor at the first token; parentheses must match and be nested at most {@code maxDepth} deep, and all is read in time. */
    public Cursor(List<Token> tokens, int maxDepth, Deadline deadline) {
        this.deadline = deadline;
        this.tokens = tokens;
        this.maxDepth = maxDepth;
        int last = tokens.isEmpty() ? 0 : tokens.getLast().end();
        this.end = new Token(Token.Type.END, last, last, "", "");
        this.partner = match();
    }

    private int[] match() {
        int[] partners = new int[tokens.size()];
        List<Integer> open = new ArrayList<>();
        for (int i = 0; i < tokens.size(); i++) {
            String word = tokens.get(i).word();
            if (word.equals("(") || word.equals("[") || word.equals("{")) {
                open.add(i);
                if (open.size() > maxDepth) {
                    throw new SyntaxProblem(
                            "deep nesting",
                            "Parentheses are nested deeper than " + maxDepth + " levels.",
                            "Split the statement with common table expressions.",
                            tokens.get(i).start());
                }
            } else if (word.equals(")") || word.equals("]") || word.equals("}")) {
                int start = open.isEmpty() ? -1 : open.removeLast();
                if (start < 0 || "([{".indexOf(tokens.get(start).word()) != ")]}".indexOf(word)) {
                    throw new SyntaxProblem(
                            "unbalanced parentheses",
                            "A closing bracket has no opening one.",
                            "Balance the brackets.",
                            tokens.get(i).start());
                }
                partners[start] = i;
                partners[i] = start;
            }
        }
        if (!open.isEmpty()) {
            throw new SyntaxProblem(
                    "unbalanced parentheses",
                    "An opening bracket is not closed.",
                    "Balance the brackets.",
                    tokens.get(open.getLast()).start());
        }
        return partners;
    }

    /** Allows what only statements inside of a script may have: INTO and binds that are variables. */
    public Cursor inScript() {
        script = true;
        return this;
    }

    void lock() {
        locks = true;
    }

    /** Whether the query locks the rows that it reads. */
    public boolean locks() {
        return locks;
    }

    public boolean isScript() {
        return script;
    }

    public Token peek() {
        return peek(0);
    }

    /** The token that many places ahead, or the end token. */
    public Token peek(int ahead) {
        int i = at + ahead;
        return i >= 0 && i < tokens.size() ? tokens.get(i) : end;
    }

    public Token next() {
        deadline.step();
        Token token = peek();
        at++;
        return token;
    }

    public int position() {
        return at;
    }

    public void back(int position) {
        deadline.step();
        at = position;
    }

    /** The tokens from that position to the end. */
    public List<Token> from(int position) {
        return tokens.subList(Math.min(position, tokens.size()), tokens.size());
    }

    public boolean atEnd() {
        return at >= tokens.size();
    }

    /** Whether a word follows that can name nothing unless it is quoted. */
    public boolean seesReserved() {
        return peek().type() == Token.Type.WORD && Words.reserved(peek().word());
    }

    /** Whether these keywords or operators follow, in this order. */
    public boolean sees(String... words) {
        for (int i = 0; i < words.length; i++) {
            if (!peek(i).is(words[i])) {
                return false;
            }
        }
        return true;
    }

    /** Whether one of these follows. */
    public boolean seesAny(String... words) {
        for (String word : words) {
            if (peek().is(word)) {
                return true;
            }
        }
        return false;
    }

    /** Takes these words if all of them follow. */
    public boolean accept(String... words) {
        if (!sees(words)) {
            return false;
        }
        at += words.length;
        return true;
    }

    /** Takes one of these if it follows. */
    public boolean acceptAny(String... words) {
        if (!seesAny(words)) {
            return false;
        }
        at++;
        return true;
    }

    /** Takes these words or fails. */
    public void expect(String... words) {
        for (String word : words) {
            if (!accept(word)) {
                throw unexpected(word);
            }
        }
    }

    /** Takes a name, quoted or not; any word counts. */
    public Name name() {
        if (!peek().isName()) {
            throw unexpected("a name");
        }
        return Name.of(next());
    }

    /** Takes a dotted name; {@code db..t} has an empty middle part. */
    public List<Name> dotted() {
        List<Name> parts = new ArrayList<>();
        parts.add(name());
        while (peek().is(".")) {
            next();
            if (peek().is(".")) {
                parts.add(new Name("", true, peek().start()));
            } else {
                parts.add(name());
            }
        }
        return parts;
    }

    /** Offset in tokens from here to the partner of the bracket that stands {@code ahead}. */
    public int partnerOf(int ahead) {
        return partner[at + ahead] - at;
    }

    /** Skips the bracket group that starts here. */
    public void skipGroup() {
        at = partner[at] + 1;
    }

    /** Counts a level of recursion; leave with {@link #leave}. */
    void enter() {
        if (++depth > 4 * maxDepth) {
            throw new SyntaxProblem(
                    "deep nesting",
                    "Expressions are nested too deep.",
                    "Split the statement with common table expressions.",
                    peek().start());
        }
    }

    void leave() {
        depth--;
    }

    /** Counts a level of nested statements. */
    public void enterStatement() {
        enter();
    }

    /** Leaves a level of nested statements. */
    public void leaveStatement() {
        leave();
    }

    int depth() {
        return depth;
    }

    void depth(int value) {
        depth = value;
    }

    /** The problem that something else was expected here. */
    public SyntaxProblem unexpected(String expected) {
        Token token = peek();
        String found = switch (token.type()) {
            case END -> "the end of the statement";
            case STRING, DOLLAR_STRING -> "a text literal";
            case NUMBER -> "a number";
            case QUOTED -> "a quoted name";
            case STAGE -> "a stage";
            default -> token.text();
        };
        return new SyntaxProblem(
                "syntax near " + found,
                "Expected " + expected + " but found " + found + ".",
                "Rewrite this part in plain Snowflake SQL.",
                token.start());
    }

    /** The problem that the construct is not supported. */
    public SyntaxProblem unsupported(String construct, String advice) {
        return new SyntaxProblem(
                construct, "The construct " + construct + " is not understood.", advice, peek().start());
    }
}
