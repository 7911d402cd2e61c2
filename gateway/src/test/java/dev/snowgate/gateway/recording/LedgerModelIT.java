package dev.snowgate.gateway.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.AfterFailureMode;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Whatever agents, reviewers, clocks and crashes do in whatever order: what must never happen never does. */
class LedgerModelIT {
    private static LedgerFixture fixture;
    private static Connection admin;
    private static int grantsSent;

    @BeforeContainer
    static void open() throws SQLException {
        fixture = new LedgerFixture();
        admin = fixture.database.admin().connect();
    }

    @AfterContainer
    static void close() throws SQLException {
        admin.close();
        fixture.close();
        assertThat(grantsSent).as("statements that were sent with an approval").isPositive();
    }

    @Property(tries = 60, shrinking = ShrinkingMode.BOUNDED, afterFailure = AfterFailureMode.SAMPLE_ONLY)
    void no_order_of_events_sends_twice_or_unasked(@ForAll("histories") List<LedgerModel.Step> history) {
        LedgerModel model = new LedgerModel(fixture, admin);
        for (int i = 0; i < history.size(); i++) {
            LedgerModel.Step step = history.get(i);
            model.perform(step);
            assertThat(model.violations())
                    .as("after step %d, %s, of %s", i, step, history)
                    .isEmpty();
        }
        grantsSent += model.grantsSent();
        assertThat(model.chainFaults()).as("the chain after %s", history).isEmpty();
    }

    @Provide
    Arbitrary<List<LedgerModel.Step>> histories() {
        Arbitrary<LedgerModel.Action> actions = Arbitraries.frequencyOf(
                Tuple.of(
                        3,
                        Arbitraries.of(
                                LedgerModel.Action.SUBMIT,
                                LedgerModel.Action.RUN,
                                LedgerModel.Action.APPROVE,
                                LedgerModel.Action.RACE,
                                LedgerModel.Action.CRASH)),
                Tuple.of(2, Arbitraries.of(LedgerModel.Action.values())));
        Arbitrary<LedgerModel.Step> steps = Combinators.combine(
                        actions, Arbitraries.integers().between(0, 2), Arbitraries.of(true, false))
                .as(LedgerModel.Step::new);
        Arbitrary<LedgerModel.Step> submissions = Combinators.combine(
                        Arbitraries.just(LedgerModel.Action.SUBMIT),
                        Arbitraries.integers().between(0, 2),
                        Arbitraries.of(true, false))
                .as(LedgerModel.Step::new);
        return Combinators.combine(
                        submissions.list().ofSize(2), steps.list().ofMinSize(3).ofMaxSize(23))
                .as((first, rest) ->
                        Stream.concat(first.stream(), rest.stream()).toList());
    }
}
