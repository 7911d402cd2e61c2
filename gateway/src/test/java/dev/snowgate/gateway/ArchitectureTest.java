package dev.snowgate.gateway;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noConstructors;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.snowgate.gateway.approval.UsedGrant;
import dev.snowgate.gateway.statement.ClearedStatement;
import dev.snowgate.gateway.statement.Upstream;
import dev.snowgate.policy.Decision;
import java.util.Set;

/** Which package may know what; what only one class may do. */
@AnalyzeClasses(
        packages = "dev.snowgate",
        importOptions = {ImportOption.DoNotIncludeTests.class, ArchitectureTest.NoTestJars.class})
class ArchitectureTest {
    /** Tests of other modules come in jars of their own. */
    static final class NoTestJars implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("-tests.jar");
        }
    }

    private static final String GATEWAY = "dev.snowgate.gateway";

    private static DescribedPredicate<JavaClass> in(String... packages) {
        return resideInAnyPackage(packages);
    }

    private static String sub(String name) {
        return GATEWAY + "." + name + "..";
    }

    // ---- the edge

    @ArchTest
    static final ArchRule web_exchanges_and_the_gateway_framework_stay_in_the_edge = noClasses()
            .that()
            .resideOutsideOfPackage(sub("edge"))
            .and()
            .resideInAPackage("dev.snowgate..")
            // Wiring at the root names the interface of the filter that it hands to the edge.
            .and()
            .doNotHaveFullyQualifiedName(GATEWAY + ".ChunkConfiguration")
            .and()
            .resideOutsideOfPackages("dev.snowgate.emulator..", "dev.snowgate.demo..", "dev.snowgate.console..")
            .should()
            .dependOnClassesThat(in("org.springframework.cloud.gateway..", "org.springframework.web.server.."));

    @ArchTest
    static final ArchRule the_edge_knows_no_sql_no_policy_no_database = noClasses()
            .that()
            .resideInAPackage(sub("edge"))
            .should()
            .dependOnClassesThat(in(
                    "dev.snowgate.sql..",
                    "dev.snowgate.policy..",
                    "io.r2dbc..",
                    "org.springframework.r2dbc..",
                    sub("recording")));

    // ---- JSON and R2DBC

    @ArchTest
    static final ArchRule json_stays_with_the_wire = noClasses()
            .that()
            .resideInAPackage(GATEWAY + "..")
            .and()
            .resideOutsideOfPackage(sub("snowflake"))
            .should()
            .dependOnClassesThat(in("tools.jackson..", "com.fasterxml.jackson.."));

    @ArchTest
    static final ArchRule the_old_json_library_is_not_used = noClasses()
            .that()
            .resideInAPackage("dev.snowgate..")
            .should()
            .dependOnClassesThat(in("com.fasterxml.jackson.databind..", "com.fasterxml.jackson.core.."));

    @ArchTest
    static final ArchRule the_database_is_reached_by_stores_only = noClasses()
            .that()
            .resideInAPackage(GATEWAY + "..")
            .and()
            .haveSimpleNameNotEndingWith("Store")
            .and(are(not(
                    "DatabaseConfiguration", "NotificationListener", "ListeningConfiguration", "SessionConfiguration")))
            .should()
            .dependOnClassesThat(in("io.r2dbc..", "org.springframework.r2dbc..", "java.sql..", "javax.sql.."));

    // ---- blocking and subscribing

    @ArchTest
    static final ArchRule nothing_blocks = noClasses()
            .that()
            .resideInAPackage(GATEWAY + "..")
            .should()
            .callMethodWhere(blocks())
            .orShould()
            .callMethod(Thread.class, "sleep", long.class)
            .orShould()
            .callMethod(Thread.class, "sleep", java.time.Duration.class);

    @ArchTest
    static final ArchRule two_classes_subscribe = noClasses()
            .that()
            .resideInAPackage(GATEWAY + "..")
            .and(are(not("NotificationListener", "Executions", "Executions$Loop")))
            .should()
            .callMethodWhere(subscribes());

    // ---- proofs

    @ArchTest
    static final ArchRule only_a_cleared_statement_is_executed = methods()
            .that()
            .areDeclaredIn(Upstream.class)
            .and()
            .haveName("execute")
            .should()
            .haveRawParameterTypes(ClearedStatement.class);

    @ArchTest
    static final ArchRule grants_are_made_by_their_package = noConstructors()
            .that()
            .areDeclaredIn(UsedGrant.class)
            .or()
            .areDeclaredIn(Decision.Allow.class)
            .or()
            .areDeclaredIn(Decision.RequireApproval.class)
            .or()
            .areDeclaredIn(ClearedStatement.class)
            .should()
            .bePublic();

    // ---- the directions

    @ArchTest
    static final ArchRule the_pipeline_knows_no_http_no_json_no_dialect = noClasses()
            .that()
            .resideInAPackage(sub("pipeline"))
            .should()
            .dependOnClassesThat(in(
                    sub("edge"),
                    sub("snowflake"),
                    sub("recording"),
                    "tools.jackson..",
                    "org.springframework.http..",
                    "org.springframework.web.."));

    @ArchTest
    static final ArchRule the_dialects_do_not_know_each_other = noClasses()
            .that()
            .resideInAPackage(sub("snowflake.driver"))
            .should()
            .dependOnClassesThat(in(sub("snowflake.sqlapi")));

    @ArchTest
    static final ArchRule nor_the_other_way_round = noClasses()
            .that()
            .resideInAPackage(sub("snowflake.sqlapi"))
            .should()
            .dependOnClassesThat(in(sub("snowflake.driver")));

    @ArchTest
    static final ArchRule the_wire_knows_no_pipeline_no_edge = noClasses()
            .that()
            .resideInAPackage(sub("snowflake"))
            .should()
            .dependOnClassesThat(
                    in(sub("pipeline"), sub("edge"), sub("recording"), sub("approval"), "dev.snowgate.policy.."));

    @ArchTest
    static final ArchRule sessions_know_no_sql_and_no_stage = noClasses()
            .that()
            .resideInAPackage(sub("session"))
            .should()
            .dependOnClassesThat(
                    in("dev.snowgate.sql..", "dev.snowgate.policy..", sub("pipeline"), sub("edge"), sub("snowflake")));

    @ArchTest
    static final ArchRule the_catalog_knows_no_policy_no_dialect = noClasses()
            .that()
            .resideInAPackage(sub("catalog"))
            .should()
            .dependOnClassesThat(in("dev.snowgate.policy..", sub("snowflake"), sub("edge"), sub("pipeline")));

    @ArchTest
    static final ArchRule approval_and_limits_know_no_dialect = noClasses()
            .that()
            .resideInAnyPackage(sub("approval"), sub("limits"))
            .should()
            .dependOnClassesThat(in(sub("snowflake"), sub("edge"), sub("pipeline")));

    @ArchTest
    static final ArchRule the_values_that_flow_know_nobody_who_handles_them = noClasses()
            .that()
            .resideInAPackage(sub("statement"))
            .should()
            .dependOnClassesThat(in(
                    sub("edge"),
                    sub("pipeline"),
                    sub("snowflake"),
                    sub("recording"),
                    sub("catalog"),
                    sub("limits"),
                    "tools.jackson..",
                    "io.r2dbc..",
                    "org.springframework.."));

    @ArchTest
    static final ArchRule recording_knows_no_stage = noClasses()
            .that()
            .resideInAPackage(sub("recording"))
            .should()
            .dependOnClassesThat(in(sub("edge"), sub("pipeline"), sub("snowflake"), sub("catalog"), sub("policy")));

    @ArchTest
    static final ArchRule the_shared_words_know_no_framework = noClasses()
            .that()
            .resideInAnyPackage("dev.snowgate.model..", "dev.snowgate.sql..", "dev.snowgate.masking..")
            .should()
            .dependOnClassesThat(in("org.springframework..", "reactor..", "java.sql..", "io.r2dbc..", GATEWAY + ".."));

    /** Masks do: values of semi-structured columns are JSON. */
    @ArchTest
    static final ArchRule the_shared_words_know_no_json = noClasses()
            .that()
            .resideInAnyPackage("dev.snowgate.model..", "dev.snowgate.sql..")
            .should()
            .dependOnClassesThat(in("tools.jackson.."));

    @ArchTest
    static final ArchRule names_say_what_a_class_does = classes()
            .that()
            .resideInAPackage(GATEWAY + "..")
            .should()
            .haveNameNotMatching(".*\\.(Abstract|Base)[A-Z][^.]*|.*(Manager|Helper|Util|Utils|Impl)");

    private static DescribedPredicate<JavaClass> not(String... simpleNames) {
        Set<String> names = Set.of(simpleNames);
        return DescribedPredicate.describe(
                "not " + names,
                type -> !names.contains(type.getName().substring(type.getName().lastIndexOf('.') + 1))
                        && !names.contains(type.getSimpleName())
                        && type.getEnclosingClass()
                                .map(outer -> !names.contains(outer.getSimpleName())
                                        && !outer.getSimpleName().endsWith("Store"))
                                .orElse(true));
    }

    private static DescribedPredicate<JavaMethodCall> blocks() {
        Set<String> names =
                Set.of("block", "blockFirst", "blockLast", "blockOptional", "toFuture", "toIterable", "toStream");
        return DescribedPredicate.describe(
                "block a thread",
                call -> names.contains(call.getTarget().getName())
                        && call.getTarget().getOwner().getPackageName().startsWith("reactor.core"));
    }

    private static DescribedPredicate<JavaMethodCall> subscribes() {
        return DescribedPredicate.describe(
                "subscribe",
                call -> call.getTarget().getName().equals("subscribe") && ownedByReactor(call.getTarget()));
    }

    private static boolean ownedByReactor(AccessTarget target) {
        return resideInAPackage("reactor.core..")
                .or(resideInAPackage("org.reactivestreams.."))
                .test(target.getOwner());
    }
}
