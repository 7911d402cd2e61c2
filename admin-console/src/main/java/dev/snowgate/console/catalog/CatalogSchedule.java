package dev.snowgate.console.catalog;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Reads the catalog at start and then on a schedule. A failure is logged and tried again the next time. */
@Component
@ConditionalOnWebApplication
@ConditionalOnExpression("!'${snowgate.catalog.url:}'.isBlank()")
class CatalogSchedule {
    private static final Logger LOG = LoggerFactory.getLogger(CatalogSchedule.class);
    private final CatalogSync sync;

    CatalogSchedule(CatalogSync sync) {
        this.sync = sync;
    }

    @Scheduled(initialDelayString = "PT2S", fixedDelayString = "${snowgate.catalog.every:15m}")
    void run() {
        try {
            sync.run("schedule");
        } catch (RuntimeException fault) {
            LOG.atWarn()
                    .setMessage("the catalog was not read; the stored one stays")
                    .addKeyValue("reason", fault.getMessage())
                    .log();
        }
    }
}
