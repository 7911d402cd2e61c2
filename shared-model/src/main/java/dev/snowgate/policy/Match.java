package dev.snowgate.policy;

import dev.snowgate.catalog.Glob;
import dev.snowgate.model.statement.Dialect;
import dev.snowgate.sql.Effect;
import dev.snowgate.sql.StatementKind;
import dev.snowgate.sql.UnloadTarget;
import java.util.List;
import java.util.Set;

/**
 * When a rule speaks. Empty lists and sets say nothing. Facts with several values are read in two ways: a
 * <em>restrictive</em> match needs one value that fits (deny and approval must not be dodged by adding something
 * harmless), a <em>permissive</em> match needs all of them to fit (an allowance must not carry something else along).
 */
record Match(
        PrincipalScope principals,
        Set<StatementKind> kinds,
        Set<Effect> effects,
        ObjectScope objects,
        ColumnScope columns,
        List<Glob> functions,
        Set<UnloadTarget> unload,
        Set<Dialect> dialects,
        List<Glob> metadata,
        List<Glob> flags,
        SessionScope session,
        List<TimeWindow> when,
        EstimateScope estimate) {
    /** Effects that a rule allows only by naming them. */
    static final Set<Effect> NAMED_ONLY = Set.of(
            Effect.PRIVILEGE, Effect.UNLOAD, Effect.FILE_TRANSFER, Effect.EXTERNAL_CALL, Effect.CODE, Effect.COST);

    private static final Set<UnloadTarget> STAGES = Set.of(UnloadTarget.INTERNAL_STAGE, UnloadTarget.EXTERNAL_STAGE);

    /** Metadata classes that a rule allows only by naming them: they hold other people's statements, rights and names. */
    static final Set<String> NAMED_ONLY_METADATA =
            Set.of("history", "users", "grants", "policies", "code", "view-text");

    boolean restrictive(StatementFacts facts) {
        return single(facts, false)
                && (effects.isEmpty() || facts.effects().stream().anyMatch(effects::contains))
                && (functions.isEmpty()
                        || Glob.anyMatches(functions, facts.statement().functions()))
                && (metadata.isEmpty() || Glob.anyMatches(metadata, facts.metadataClasses()))
                && session.matches(facts, false)
                && objects.touchedBy(facts)
                && columns.matchesAny(facts)
                && estimate.matches(facts, false);
    }

    /** All but the objects, which a rule may cover in part. */
    boolean permissiveButObjects(StatementFacts facts) {
        return single(facts, true)
                && effectsFit(facts)
                && metadataFits(facts)
                && session.matches(facts, true)
                && columns.matchesAll(facts)
                && estimate.matches(facts, true);
    }

    /** Whether the whole statement lies inside: for exceptions from restrictive rules. */
    boolean inside(StatementFacts facts) {
        return permissiveButObjects(facts)
                && (functions.isEmpty()
                        || facts.statement().functions().stream().allMatch(f -> Glob.anyMatches(functions, f)))
                && objects.matchesAll(facts);
    }

    /** A wider kind stands for its narrower ones; a destination that is not known fits no allowance of them and every restriction. */
    private boolean leadsThere(UnloadTarget target, boolean permissive) {
        if (unload.contains(target) || unload.contains(target.family())) {
            return true;
        }
        return switch (target) {
            case NAMED_STAGE ->
                permissive ? unload.containsAll(STAGES) : STAGES.stream().anyMatch(unload::contains);
            case UNKNOWN -> !permissive;
            default -> false;
        };
    }

    boolean effectsFit(StatementFacts facts) {
        return effects.isEmpty()
                ? facts.effects().stream().noneMatch(NAMED_ONLY::contains)
                : effects.containsAll(facts.effects());
    }

    private boolean metadataFits(StatementFacts facts) {
        return metadata.isEmpty()
                ? facts.metadataClasses().stream().noneMatch(NAMED_ONLY_METADATA::contains)
                : facts.metadataClasses().stream().allMatch(c -> Glob.anyMatches(metadata, c));
    }

    private boolean single(StatementFacts facts, boolean permissive) {
        return (kinds.isEmpty() || kinds.contains(facts.statement().kind()))
                && (dialects.isEmpty() || dialects.contains(facts.request().dialect()))
                && (unload.isEmpty()
                        || facts.statement()
                                .unload()
                                .filter(target -> leadsThere(target, permissive))
                                .isPresent())
                && (flags.isEmpty() || Glob.anyMatches(flags, facts.statement().flags()))
                && (when.isEmpty()
                        || when.stream()
                                .anyMatch(w -> w.contains(
                                        facts.request().at(), facts.request().zone())))
                && principals.matches(facts.request(), permissive);
    }
}
