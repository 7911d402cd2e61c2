package dev.snowgate.masking;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** No domain must be taken for another one, not even where both belong in the same place. */
class KnownDomainsTest {
    @Test
    void each_of_the_three_words_tells_domains_apart() {
        String base = "abcdefgijklmnopq.rstu.com";
        base = base.substring(0, KnownDomains.LONGEST - 4) + ".com";
        Random random = new Random(1);
        for (int[] varied : new int[][] {{0, 7}, {7, 15}, {15, 19}}) {
            KnownDomains known = new KnownDomains();
            Domain first = Domain.of(base);
            known.learn(first.cell(), first.at(), first.cell().length);
            assertThat(first.isIn(known)).isTrue();
            int same = 0;
            for (int i = 0; i < 5_000; i++) {
                StringBuilder other = new StringBuilder(base);
                other.setCharAt(varied[0] + random.nextInt(varied[1] - varied[0]), (char) ('a' + random.nextInt(26)));
                other.setCharAt(varied[0] + random.nextInt(varied[1] - varied[0]), (char) ('a' + random.nextInt(26)));
                Domain domain = Domain.of(other.toString());
                same += domain.place() == first.place() ? 1 : 0;
                assertThat(domain.isIn(known)).isEqualTo(other.toString().equals(base));
            }
            assertThat(same).as("others in the same place").isPositive();
        }
    }

    @Test
    void domains_that_repeat_themselves_differ_by_their_length() {
        KnownDomains known = new KnownDomains();
        Domain domain = Domain.of("ab.ab.ab.ab");
        Domain longer = Domain.of("ab.ab.ab.ab.ab");
        assertThat(longer.place()).isEqualTo(domain.place());

        known.learn(domain.cell(), domain.at(), domain.cell().length);

        assertThat(domain.isIn(known)).isTrue();
        assertThat(longer.isIn(known)).isFalse();
    }

    @Test
    void what_is_longer_than_three_words_tell_is_not_remembered() {
        KnownDomains known = new KnownDomains();
        Domain longest = Domain.of("a".repeat(KnownDomains.LONGEST - 4) + ".com");
        Domain tooLong = Domain.of("b".repeat(KnownDomains.LONGEST - 3) + ".com");

        known.learn(longest.cell(), longest.at(), longest.cell().length);
        known.learn(tooLong.cell(), tooLong.at(), tooLong.cell().length);

        assertThat(longest.isIn(known)).isTrue();
        assertThat(tooLong.isIn(known)).isFalse();
    }

    @Test
    void nothing_is_known_at_first() {
        assertThat(Domain.of("a.bc").isIn(new KnownDomains())).isFalse();
        assertThat(Domain.of("\0".repeat(12)).isIn(new KnownDomains())).isFalse();
    }

    private record Domain(byte[] cell, int at) {
        static Domain of(String domain) {
            return new Domain(("some.body@" + domain).getBytes(StandardCharsets.US_ASCII), 9);
        }

        int length() {
            return cell.length - at - 1;
        }

        int place() {
            return KnownDomains.place(word(at), word(cell.length - 8));
        }

        boolean isIn(KnownDomains known) {
            return known.isAt(place(), length(), word(at), word(at + 8), word(cell.length - 8));
        }

        private long word(int from) {
            return Ascii.longAt(cell, Math.min(from, cell.length - 8)) >>> KnownDomains.before(length());
        }
    }
}
