package dev.snowgate.gateway.pipeline;

import static dev.snowgate.gateway.pipeline.PipelineFixture.plan;
import static org.assertj.core.api.Assertions.assertThat;

import dev.snowgate.masking.MaskFunction;
import dev.snowgate.masking.MaskPlan;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PlansTest {
    private static final Optional<MaskFunction> NO = Optional.empty();
    private static final Optional<MaskFunction> HASH = Optional.of(MaskFunction.HASH);
    private static final Optional<MaskFunction> YEAR = Optional.of(MaskFunction.YEAR);

    @Test
    void a_mask_is_added_and_never_removed_or_exchanged() {
        for (Optional<MaskFunction> before : List.of(NO, HASH, YEAR)) {
            for (Optional<MaskFunction> now : List.of(NO, HASH, YEAR)) {
                MaskPlan joined = Plans.atLeast(plan(before, HASH), plan(now, NO));

                assertThat(joined.columns().getFirst().mask().map(m -> m.function()))
                        .as("%s then %s", before, now)
                        .isEqualTo(before.or(() -> now));
                assertThat(joined.columns().getLast().mask().map(m -> m.function()))
                        .isEqualTo(HASH);
                assertThat(joined.columnsKnown()).isTrue();
            }
        }
    }

    @Test
    void a_mask_takes_the_place_of_a_net_and_never_the_other_way_round() {
        Optional<MaskFunction> net = Optional.of(MaskFunction.SCAN);

        assertThat(Plans.atLeast(plan(net, HASH), plan(YEAR, net)))
                .extracting(joined -> joined.columns().stream()
                        .map(column -> column.mask().map(mask -> mask.function()))
                        .toList())
                .isEqualTo(List.of(YEAR, HASH));
        assertThat(Plans.atLeast(plan(net, NO), plan(NO, net)).columns())
                .allSatisfy(column -> assertThat(column.mask()).isPresent());
    }

    @Test
    void plans_of_another_shape_change_nothing() {
        MaskPlan stored = plan(HASH, NO);

        assertThat(Plans.atLeast(stored, MaskPlan.none())).isEqualTo(stored);
        assertThat(Plans.atLeast(stored, new MaskPlan(plan(NO, NO).columns().subList(0, 1), true)))
                .isEqualTo(stored);
        assertThat(Plans.atLeast(MaskPlan.none(), stored)).isEqualTo(MaskPlan.none());
    }

    @Test
    void the_mask_of_the_rest_is_kept_or_added_and_never_removed() {
        MaskPlan open = open(NO);
        MaskPlan hashed = open(HASH);

        assertThat(Plans.atLeast(open, hashed)).isEqualTo(hashed);
        assertThat(Plans.atLeast(hashed, open)).isEqualTo(hashed);
        assertThat(Plans.atLeast(hashed, plan(NO, NO))).isEqualTo(hashed);
        assertThat(Plans.atLeast(plan(NO, NO), hashed)).isEqualTo(plan(NO, NO));
    }

    private static MaskPlan open(Optional<MaskFunction> rest) {
        return new MaskPlan(
                plan(NO, NO).columns(),
                true,
                Optional.of(plan(rest, NO).columns().getFirst()));
    }
}
