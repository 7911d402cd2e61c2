package dev.snowgate.gateway.approval;

import dev.snowgate.gateway.recording.UseStore;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Grants and signals; the listener is put together where everything that it wakes is known. */
@Configuration(proxyBeanMethods = false)
public class ApprovalConfiguration {
    @Bean
    GrantStore grantStore(UseStore uses) {
        return new GrantStore(uses);
    }

    @Bean
    ReleaseSignals releaseSignals() {
        return new ReleaseSignals();
    }
}
