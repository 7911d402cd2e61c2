package dev.snowgate.recording;

import dev.snowgate.model.statement.StatementId;
import java.util.Arrays;
import java.util.List;

/** Proves the chain of one statement's result pages, in the order in which they were finished. */
public final class PageChain {
    private PageChain() {}

    /** Checks the pages; the last link is compared with the one in the session's event by the caller. */
    public static ChainReport verify(StatementId statement, List<ChainedPage> pages) {
        byte[] link = Sha256.genesis(statement.value());
        long seq = 0;
        for (ChainedPage page : pages) {
            seq++;
            if (page.seq() != seq) {
                return new ChainReport.Broken(seq, "an entry is missing");
            }
            link = link(link, page);
            if (!Arrays.equals(link, page.link())) {
                return new ChainReport.Broken(seq, "the link does not follow from the one before");
            }
        }
        return new ChainReport.Verified(seq, link);
    }

    /** The link of a statement's first page, known before the database has computed it; the page's own link is not looked at. */
    public static byte[] first(ChainedPage page, StatementId statement) {
        return link(Sha256.genesis(statement.value()), page);
    }

    private static byte[] link(byte[] before, ChainedPage page) {
        return new Sha256()
                .add(before)
                .add(page.seq())
                .add(page.page())
                .add(page.rows())
                .add(page.bytes())
                .add(page.maskedCells())
                .add(new byte[] {(byte) (page.complete() ? 1 : 0)})
                .add(page.digest())
                .finish();
    }
}
