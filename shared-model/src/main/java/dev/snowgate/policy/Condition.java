package dev.snowgate.policy;

import dev.cel.bundle.Cel;
import dev.cel.bundle.CelBuilder;
import dev.cel.bundle.CelFactory;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.Program;
import dev.snowgate.model.network.Addresses;
import dev.snowgate.model.network.Network;
import dev.snowgate.yaml.YamlNode;
import java.util.Map;
import java.util.Optional;

/** A compiled CEL condition. Its variables are computed only when it asks for them. */
final class Condition {
    private static final Cel CEL = cel();
    private static final String IN_NETWORK = "in_network_text_text";
    private final Program program;

    private Condition(Program program) {
        this.program = program;
    }

    private static Cel cel() {
        CelBuilder builder = CelFactory.standardCelBuilder()
                .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                .setResultType(SimpleType.BOOL)
                .addFunctionDeclarations(CelFunctionDecl.newFunctionDeclaration(
                        "in_network",
                        CelOverloadDecl.newGlobalOverload(
                                IN_NETWORK, SimpleType.BOOL, SimpleType.STRING, SimpleType.STRING)))
                .addFunctionBindings(
                        CelFunctionBinding.from(IN_NETWORK, String.class, String.class, Condition::inNetwork));
        ConditionVariables.TYPES.forEach((String name, CelType type) -> builder.addVar(name, type));
        return builder.build();
    }

    /** Fails, and so refuses, if the address is not known or either text is wrong. */
    private static boolean inNetwork(String address, String network) {
        return Network.parse(network)
                .orElseThrow(() -> new IllegalArgumentException("not a network"))
                .contains(Addresses.parse(address).orElseThrow(() -> new IllegalArgumentException("not an address")));
    }

    /** Compiles and type-checks the text; empty (with problems at their place) if it is wrong. */
    static Optional<Condition> compile(YamlNode node) {
        Optional<String> text = node.text();
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new Condition(CEL.createProgram(CEL.compile(text.get()).getAst())));
        } catch (CelValidationException e) {
            for (CelIssue issue : e.getErrors()) {
                String message = issue.getMessage()
                        .replaceFirst("\\(in container ''\\)", "")
                        .strip();
                node.problemInside(
                        Math.max(1, issue.getSourceLocation().getLine()),
                        Math.max(0, issue.getSourceLocation().getColumn()),
                        "The condition is not valid: " + message + ".",
                        ConditionVariables.suggestion(message));
            }
        } catch (CelEvaluationException e) {
            node.problem("The condition cannot be prepared.", "");
        }
        return Optional.empty();
    }

    /**
     * Whether it holds; throws whatever goes wrong, which the caller must turn into a refusal.
     *
     * @param used gets the variables that it asked for, with their values
     */
    boolean holds(StatementFacts facts, Map<String, Object> used) throws CelEvaluationException {
        Object answer = program.eval((String name) -> {
            Optional<Object> value = Optional.ofNullable(ConditionVariables.value(name, facts));
            value.ifPresent(known -> used.put(name, known));
            return value;
        });
        if (answer instanceof Boolean holds) {
            return holds;
        }
        throw new IllegalStateException("the condition gave no truth value");
    }
}
